import type { AuditSequence, Milliseconds, UserId } from '../../contract/ids.ts';

/** Who acts, from a host's trusted session. The system acts with no user: a job's end, a migration. */
export interface Actor {
  readonly userId: UserId | null;
  readonly userName: string;
  readonly displayName: string;
  readonly host: 'desktop' | 'http' | 'cli' | 'system';
}

export const systemActor: Actor = {
  userId: null,
  userName: 'system',
  displayName: 'Countersign',
  host: 'system',
};

export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>;

/** One thing that happened to one record. Hashes are over the record's canonical JSON; the content itself stays out. */
export interface AuditEvent {
  readonly action: string;
  readonly recordKind: string;
  readonly recordId: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly details?: AuditDetails;
}

/** An event as its leaf hashes it. */
export interface AuditBody {
  readonly sequence: AuditSequence;
  readonly at: Milliseconds;
  readonly actor: Actor;
  readonly action: string;
  readonly recordKind: string;
  readonly recordId: string;
  readonly beforeHash: string | null;
  readonly afterHash: string | null;
  readonly details: AuditDetails;
}

/**
 * JSON with the keys of every object in code-unit order, no white space, undefined members left out: one value, one
 * text (the rules of RFC 8785 for the values that we use: strings, integers, booleans, null, arrays, objects).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
