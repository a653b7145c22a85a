import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import type { ContinuityState } from '../../../../core/features/handovers/continuity/model.ts';
import { continuityTitle } from '../../../../core/features/handovers/timeline/model.ts';
import { OutsideText } from '../../../components/OutsideText.tsx';
import tags from '../../../components/Tags.module.css';
import type { VirtualColumn } from '../../../components/VirtualTable.tsx';
import { usePreferences } from '../../../preferences.ts';
import { useFormat } from '../../../use-format.ts';
import { employeeName } from '../names.ts';
import { useWords } from '../use-words.ts';
import type { ContinuityRow } from './continuity-tab.tsx';

const looks = {
  answered: 'good',
  contacted: 'good',
  late: 'escalated',
  waiting: 'open',
  missed: 'confirmed',
  left: 'dismissed',
} as const satisfies Record<ContinuityState, string>;

/** The columns of the list of customers who were taken over. */
export function useContinuityColumns(
  handover: ProcedureOutput<'handovers.get'>,
): readonly VirtualColumn<ContinuityRow>[] {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const format = useFormat();
  const { language } = usePreferences();
  return useMemo(() => {
    const day = (at: number | null) =>
      at === null ? '–' : <span title={format.dateTime(at)}>{format.date(at)}</span>;
    const takerName = (userid: string) => {
      const taker = handover.takers.find(({ employee }) => employee.userid === userid);
      return taker === undefined ? userid : employeeName(taker.employee);
    };
    return [
      {
        id: 'customer',
        header: t('continuity.customer'),
        width: 130,
        grow: true,
        render: ({ customer }) => (
          <span title={customer.id}>
            <OutsideText text={customer.name === '' ? customer.id : customer.name} />
          </span>
        ),
      },
      {
        id: 'state',
        header: t('overview.state'),
        width: 150,
        render: ({ state }) => (
          <span className={`${tags['tag']} ${tags['state']} ${tags[looks[state]]}`}>
            {continuityTitle(state, language)}
          </span>
        ),
      },
      {
        id: 'taker',
        header: words.role.taker,
        width: 92,
        render: ({ taker }) => <span title={taker}>{takerName(taker)}</span>,
      },
      { id: 'since', header: t('continuity.since'), width: 104, render: ({ since }) => day(since) },
      { id: 'due', header: t('continuity.dueDay'), width: 104, render: ({ dueDay }) => dueDay },
      {
        id: 'contacted',
        header: t('continuity.contactedAt'),
        width: 104,
        render: ({ contactedAt }) => day(contactedAt),
      },
      {
        id: 'answered',
        header: t('continuity.answeredAt'),
        width: 104,
        render: ({ answeredAt }) => day(answeredAt),
      },
      {
        id: 'complained',
        header: t('continuity.complainedAt'),
        width: 104,
        render: ({ complainedAt }) => day(complainedAt),
      },
      { id: 'left', header: t('continuity.leftAt'), width: 104, render: ({ leftAt }) => day(leftAt) },
    ];
  }, [t, words, format, language, handover]);
}
