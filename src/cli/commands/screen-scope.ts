import { AppError } from '../../core/contract/errors.ts';
import type { ProcedureInput } from '../../core/contract/index.ts';
import { startOfDate } from '../dates.ts';
import type { Session } from '../session.ts';

/** Which messages to screen and with what, in the words of the command line. */
export interface Scope {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly conversation: string | undefined;
  readonly person: string | undefined;
  readonly branch: string | undefined;
  readonly kind: readonly string[] | undefined;
  readonly lexicon: readonly string[] | undefined;
}

type Screening = Pick<NonNullable<ProcedureInput<'supervision.startScreening'>>, 'filter' | 'lexiconIds'>;

/** The scope as the contract has it. Throws where something named is not there: a typing error must not screen nothing. */
export async function resolveScope(session: Session, scope: Scope): Promise<Screening> {
  const { from, to } = await resolvePeriod(session, scope);
  return {
    filter: {
      conversationId:
        scope.conversation === undefined ? null : await findConversation(session, scope.conversation),
      personId: scope.person === undefined ? null : await findPerson(session, scope.person),
      branch: scope.branch === undefined ? null : await findBranch(session, scope.branch),
      from,
      to,
      kinds: scope.kind === undefined ? null : [...scope.kind],
    },
    lexiconIds: scope.lexicon === undefined ? null : await findLexicons(session, scope.lexicon),
  };
}

async function resolvePeriod(session: Session, { from, to }: Scope) {
  if (from === undefined && to === undefined) return { from: null, to: null };
  const { timeZone } = await session.call('settings.get', {});
  const period = {
    from: from === undefined ? null : startOfDate('--from', from, timeZone),
    // The last millisecond of the day.
    to: to === undefined ? null : startOfDate('--to', to, timeZone, 1) - 1,
  };
  if (period.from !== null && period.to !== null && period.from > period.to) {
    throw new AppError('bad-input', `--from ${from} is after --to ${to}.`, {});
  }
  return period;
}

async function findConversation(session: Session, key: string) {
  const { conversations } = await session.call('archive.conversations', { key, limit: 1 });
  return conversations[0]?.id ?? missing('conversation', key);
}

async function findPerson(session: Session, externalId: string) {
  const [person] = await session.call('archive.people', { externalId, limit: 1 });
  return person?.id ?? missing('person', externalId);
}

async function findBranch(session: Session, branch: string) {
  const { branches } = await session.call('archive.summary', {});
  return branches.includes(branch) ? branch : missing('branch', branch);
}

async function findLexicons(session: Session, names: readonly string[]) {
  const lexicons = await session.call('lexicons.list', {});
  return names.map((name) => {
    const lexicon = lexicons.find((known) => known.name === name) ?? missing('lexicon', name);
    if (lexicon.active && lexicon.published !== null) return lexicon.id;
    throw new AppError(
      'nothing-to-screen',
      `The lexicon "${name}" is ${lexicon.active ? 'not published yet' : 'switched off'}: nothing would be looked for.`,
      { lexicon: name },
    );
  });
}

function missing(what: string, name: string): never {
  throw new AppError('not-found', `There is no ${what} "${name}" in this workspace.`, { [what]: name });
}
