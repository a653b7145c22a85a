/** Which messages a run looks at, as the dialog holds it: every condition that is not null must hold. */
export interface RunFilterInput {
  readonly conversationId: number | null;
  readonly personId: number | null;
  readonly branch: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly kinds: string[] | null;
}

export const wholeArchive: RunFilterInput = {
  conversationId: null,
  personId: null,
  branch: null,
  from: null,
  to: null,
  kinds: null,
};

/** True where nothing narrows it. */
export function isWhole(filter: RunFilterInput): boolean {
  return Object.values(filter).every((condition) => condition === null);
}
