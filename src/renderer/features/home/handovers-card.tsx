import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { invoke } from '../../api/client.ts';
import { procedureKey, useCan, useProcedure } from '../../api/hooks.ts';
import { useFormat } from '../../use-format.ts';
import { Card } from './card.tsx';
import styles from './home.module.css';

/** Handovers that need the user: to sign, as a party, and what the data suggest to whoever opens them. Nothing while none does. */
export function HandoversCard() {
  const { t } = useTranslation('home');
  const format = useFormat();
  const can = useCan();
  const manages = can('handovers:manage');
  const reads = can('handovers:read');
  const list = useProcedure('handovers.list', {}, { enabled: reads });
  const suggestions = useProcedure('handovers.suggestions', {}, { enabled: manages });
  const all = list.data?.handovers ?? [];
  const mine = all.filter(({ roles, state }) => roles.length > 0 && state !== 'signed');
  // Only a handover that is being signed can wait for a signature, and few are at a time.
  const signing = mine.filter(({ state }) => state === 'signing');
  const toSign = useQueries({
    queries: signing.map(({ id }) => ({
      queryKey: procedureKey('handovers.signing', { id }),
      queryFn: () => invoke('handovers.signing', { id }),
    })),
    combine: (answers) =>
      answers
        .flatMap(({ data }) => data ?? [])
        .filter(({ seats }) => seats.some((seat) => seat.signature === null && seat.refusal === null)),
  });
  const [first] = toSign;
  const rows = [
    {
      key: 'toSign',
      to:
        toSign.length === 1 && first !== undefined
          ? `/handovers/${first.id}?tab=signing`
          : '/handovers?mine=1&state=signing',
      count: toSign.length,
    },
    { key: 'mine', to: '/handovers?mine=1', count: mine.length },
    ...(manages
      ? [
          { key: 'suggested', to: '/handovers', count: suggestions.data?.length ?? 0 },
          {
            key: 'open',
            to: '/handovers?state=open',
            count: all.filter(({ state }) => state === 'open').length,
          },
        ]
      : []),
  ] as const;
  if (rows.every(({ count }) => count === 0)) return null;
  return (
    <Card title={t('handovers.title')}>
      <ul className={styles['states']}>
        {rows.map(({ key, to, count }) => (
          <li key={key}>
            <Link to={to} data-urgent={(key === 'toSign' && count > 0) || undefined}>
              <span>{t(`handovers.${key}`)}</span>
              <span className={styles['count']}>{format.number(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
