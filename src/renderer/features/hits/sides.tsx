import { useTranslation } from 'react-i18next';

import { useProcedure } from '../../api/hooks.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import type { Message } from '../archive/message-item.tsx';
import { membersLine, personName } from '../archive/people.ts';

/** Who talks with whom: the sender and the other side, or the group with its members. */
export function Sides({ message }: { readonly message: Message }) {
  const { t } = useTranslation('hits');
  const { conversationId, sender, recipients } = message;
  const conversation = useProcedure(
    'archive.conversation',
    { id: conversationId ?? 0 },
    { enabled: conversationId !== null },
  ).data;
  const separator = t('common:listSeparator');
  const from = sender ? personName(sender) : t('archive:unknownSender');
  if (conversation === undefined || conversation.kind === 'single') {
    const others = (conversation?.members ?? recipients).filter(({ id }) => id !== sender?.id);
    const to = membersLine(others, others.length, separator).names;
    return <OutsideText text={to === '' ? from : t('triage.sides', { from, to })} />;
  }
  const { names } = membersLine(conversation.members, conversation.memberCount, separator);
  return (
    <OutsideText text={t('triage.sidesGroup', { from, count: conversation.memberCount, members: names })} />
  );
}
