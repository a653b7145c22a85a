import type { Circumstances, Scope } from './model.ts';

/** Whether a scope sets no condition at all. */
export function isOpen(scope: Scope): boolean {
  return (
    scope.speaker === 'any' &&
    scope.channel === 'any' &&
    scope.kinds === null &&
    scope.hours === null &&
    scope.branches === null
  );
}

/** Whether an entry with this scope counts in these circumstances; a condition on what is not known does not hold. */
export function holds(scope: Scope, circumstances: Circumstances): boolean {
  const { speaker, channel, kinds, hours, branches } = scope;
  const { kind, branch, minuteOfDay } = circumstances;
  return (
    (speaker === 'any' || speaker === circumstances.speaker) &&
    (channel === 'any' || channel === circumstances.channel) &&
    (kinds === null || (kind !== null && kinds.includes(kind))) &&
    (branches === null || (branch !== null && branches.includes(branch))) &&
    (hours === null || (minuteOfDay !== null && isBetween(minuteOfDay, hours.from, hours.to)))
  );
}

/** Circumstances in which the scope holds: an entry's examples are texts, whoever says them. */
export function circumstancesWithin(scope: Scope, productType: string | null): Circumstances {
  return {
    speaker: scope.speaker === 'any' ? null : scope.speaker,
    channel: scope.channel === 'any' ? null : scope.channel,
    kind: scope.kinds?.[0] ?? null,
    minuteOfDay: scope.hours === null ? null : minutesOf(scope.hours.from),
    branch: scope.branches?.[0] ?? null,
    productType,
  };
}

/** From `from` on, up to and without `to`; over midnight where `to` is the earlier one. */
function isBetween(minute: number, from: string, to: string): boolean {
  const first = minutesOf(from);
  const last = minutesOf(to);
  return first <= last ? minute >= first && minute < last : minute >= first || minute < last;
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}
