import { useTranslation } from 'react-i18next';

import { useProcedure } from '../../api/hooks.ts';
import { withVisibleMarks } from '../../components/invisible.ts';
import { useFormat } from '../../use-format.ts';
import { membersLine, personName } from '../archive/people.ts';
import { type RunFilterInput, isWhole } from './run-filter.ts';

/** Which part of the archive a run looked at, in words. */
export function RunFilterWords({ filter }: { readonly filter: RunFilterInput }) {
  const { t } = useTranslation('hits');
  const format = useFormat();
  const { conversationId, personId, branch, from, to, kinds } = filter;
  const conversation = useProcedure(
    'archive.conversation',
    { id: conversationId ?? 0 },
    { enabled: conversationId !== null },
  );
  const people = useProcedure('archive.people', { limit: 500 }, { enabled: personId !== null });
  if (isWhole(filter)) return t('run.whole');
  const person = people.data?.find(({ id }) => id === personId);
  const parts: string[] = [];
  if (conversationId !== null) {
    const members = conversation.data;
    const names =
      members && membersLine(members.members, members.memberCount, t('common:listSeparator')).names;
    parts.push(`${t('scope.conversation')}: ${names ?? `#${conversationId}`}`);
  }
  if (personId !== null)
    parts.push(
      `${t('scope.person')}: ${person ? personName(person) : t('archive:chosenPerson', { id: personId })}`,
    );
  if (branch !== null) parts.push(`${t('filter.branch')}: ${withVisibleMarks(branch)}`);
  if (from !== null) parts.push(`${t('filter.from')} ${format.date(from)}`);
  if (to !== null) parts.push(`${t('filter.to')} ${format.date(to)}`);
  if (kinds !== null) {
    const names = kinds.map((kind) => t(`archive:kind.${kind}`, { defaultValue: kind }));
    parts.push(`${t('scope.kinds')}: ${names.join(t('common:listSeparator'))}`);
  }
  return parts.join(' · ');
}
