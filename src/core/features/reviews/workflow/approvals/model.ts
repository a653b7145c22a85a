import type { Milliseconds } from '../../../../contract/ids.ts';

export const approvalStates = ['valid', 'expired', 'withdrawn'] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** What an approval is worth at that moment. */
export function approvalState(
  approval: { readonly expiresAt: Milliseconds; readonly withdrawnAt: Milliseconds | null },
  now: Milliseconds,
): ApprovalState {
  if (approval.withdrawnAt !== null) return 'withdrawn';
  return now < approval.expiresAt ? 'valid' : 'expired';
}

/** The number on the record, 备案号: the year in lenticular brackets as in official documents (GB/T 9704-2012 §7.2.5), then six digits. */
export function approvalNumber(year: number, sequence: number): string {
  return `〔${year}〕${String(sequence).padStart(6, '0')}`;
}
