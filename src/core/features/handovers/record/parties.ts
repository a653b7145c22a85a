import { AppError } from '../../../contract/errors.ts';
import type { UserId } from '../../../contract/ids.ts';
import { type HandoverParties, isLeaver } from '../model.ts';
import type { HandoverInput } from './contract.ts';
import type { HandoverProblem } from './model.ts';

type Parties = Pick<HandoverInput, 'leaver' | 'leaverUser' | 'takers' | 'supervisorUser'> &
  Pick<HandoverParties, 'leaverNamed'>;

/**
 * Throws `bad-input` with the `problem` where parties could not keep their roles apart: the leaver takes over from nobody, and
 * whoever watches is neither the one nor the other.
 */
export function checkParties({ leaver, takers, supervisorUser, ...accountsOfLeaver }: Parties): void {
  const seen = new Set<string>();
  const accounts = new Set<UserId>();
  for (const { taker, userId } of takers) {
    if (taker === leaver)
      throw refusal('takers', 'taker-is-leaver', 'The leaver can’t take over. Name somebody else.');
    if (seen.has(taker))
      throw refusal('takers', 'taker-twice', `The taker ${taker} is named twice. Remove one.`);
    seen.add(taker);
    if (userId === null) continue;
    if (isLeaver(accountsOfLeaver, userId))
      throw refusal('takers', 'account-twice', 'A taker has the leaver’s account. Choose the taker’s own.');
    if (accounts.has(userId))
      throw refusal('takers', 'account-twice', 'Two takers have the same account. Choose each one’s own.');
    accounts.add(userId);
  }
  if (supervisorUser === null) return;
  if (isLeaver(accountsOfLeaver, supervisorUser))
    throw refusal(
      'supervisorUser',
      'supervisor-is-leaver',
      'The supervisor can’t be the leaver. Name somebody else.',
    );
  if (accounts.has(supervisorUser))
    throw refusal(
      'supervisorUser',
      'supervisor-is-taker',
      'The supervisor can’t be a taker. Name somebody else.',
    );
}

function refusal(path: string, problem: HandoverProblem, message: string): AppError {
  return new AppError('bad-input', message, { path, problem });
}
