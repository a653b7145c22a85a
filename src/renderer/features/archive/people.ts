import { withVisibleMarks } from '../../components/invisible.ts';

/** A person as lists and messages name them; PersonView fits. */
export interface Named {
  readonly externalId: string;
  readonly name: string | null;
  readonly branch?: string | null;
}

/** The roster's name, or the WeCom id while only that is known; what can't be seen in it is shown. */
export function personName(person: Named): string {
  return withVisibleMarks(person.name ?? person.externalId);
}

/** `罗明 · 城南支行`: the name with where the person works, when that is known. */
export function personWithBranch(person: Named): string {
  return person.branch ? `${personName(person)} · ${withVisibleMarks(person.branch)}` : personName(person);
}

/** A conversation's members in one line, with how many the line leaves out. */
export function membersLine(
  members: readonly Named[],
  memberCount: number,
  separator: string,
): { names: string; more: number } {
  return {
    names: members.map((member) => personName(member)).join(separator),
    more: Math.max(0, memberCount - members.length),
  };
}
