import { type CutEntry, Member } from './cut-entry.ts';
import { bareBodyKey, bodyKeyOf, fieldsOf, otherMembersKey } from './fields.ts';
import { EntryError, ValueKind, sameBytes } from './json-cut.ts';
import { objectOf, wrongType } from './message-values.ts';

// What a message says: its kind's own body, and members beside it that must not be lost.

/** The slot of the member with this key, the last one of its name; -1: there is none. */
export function slotOf(
  message: CutEntry,
  key: { readonly bytes: Uint8Array; readonly hash: number; readonly name: string },
): number {
  const { cutter } = message;
  for (let slot = cutter.count - 1; slot >= 0; slot -= 1) {
    if (cutter.keyEscaped[slot] === true) {
      if (message.key(slot) === key.name) return slot;
    } else if (
      cutter.keyHash[slot] === key.hash &&
      sameBytes(message.bytes, cutter.keyStart[slot] ?? 0, cutter.keyEnd[slot] ?? 0, key.bytes)
    ) {
      return slot;
    }
  }
  return -1;
}

/** Members that neither every message has nor this kind's body is, as JSON text without the brackets; null: none. */
export function otherMembers(
  message: CutEntry,
  envelope: CutEntry | null,
  bodySlot: number,
  isSwitch: boolean,
  zone: boolean,
): string | null {
  let others: string[] | null = null;
  const { cutter } = message;
  for (let slot = 0; slot < cutter.count; slot += 1) {
    if (slot === bodySlot || message.isCommon(slot)) continue;
    const member = message.memberAt[slot] ?? -1;
    if (isSwitch && (member === Member.time || member === Member.user)) continue;
    if (zone && member >= Member.sender) continue;
    (others ??= []).push(`${message.rawKey(slot)}:${message.raw(slot)}`);
  }
  if (envelope !== null) {
    for (let slot = 0; slot < envelope.cutter.count; slot += 1) {
      if (envelope.isCommon(slot) || envelope.memberAt[slot] === Member.message) continue;
      (others ??= []).push(`${envelope.rawKey(slot)}:${envelope.raw(slot)}`);
    }
  }
  return others === null ? null : others.join(',');
}

/** The body to store: its JSON as it came, with other members beside it below a key of ours. */
export function composeBody(message: CutEntry, bodySlot: number, others: string | null): string | null {
  const raw = bodySlot >= 0 ? message.raw(bodySlot) : null;
  if (others === null) return raw;
  const other = `"${otherMembersKey}":{${others}}`;
  if (raw === null) return `{${other}}`;
  if (message.kind(bodySlot) !== ValueKind.object) return `{"${bareBodyKey}":${raw},${other}}`;
  const inside = raw.slice(1, -1).trim();
  return inside === '' ? `{${other}}` : `{${inside},${other}}`;
}

/** Kinds whose body's shape is known must have that shape; what is not public passes as it is. */
export function checkBody(message: CutEntry, bodySlot: number, kind: string): void {
  if (kind === 'text') {
    const body =
      bodySlot >= 0 && message.kind(bodySlot) === ValueKind.object ? objectOf(message.parse(bodySlot)) : null;
    if (body === null) throw wrongType('text', 'an object');
    if (typeof body['content'] !== 'string') throw wrongType('text.content', 'a string');
  } else if (bodySlot >= 0 && knownBodies.has(kind) && message.kind(bodySlot) !== ValueKind.object) {
    throw wrongType(bodyKeyOf(kind), 'an object');
  }
}

// Kinds whose body docs/formats.md §1 (W/91774) describes as an object.
const knownBodies = new Set(
  (
    'image voice video revoke agree disagree card location emotion file link weapp chatrecord mixed redpacket ' +
    'external_redpacket collect meeting meeting_notification docmsg markdown news calendar meeting_voice_call ' +
    'voip_doc_share sphfeed voiptext qydiskfile'
  ).split(' '),
);

export function parseFields(kind: string, body: string): ReturnType<typeof fieldsOf> {
  try {
    return fieldsOf(kind, body, '');
  } catch (error) {
    if (error instanceof SyntaxError) throw new EntryError('broken-json', 'not valid JSON');
    throw error;
  }
}
