import { useTranslation } from 'react-i18next';

import type { Promised } from './promises-tab.tsx';

type Due = NonNullable<Promised['due']>;

/** When a promise is due, in words: on a day, by one, or after one. */
export function useDueText(): (due: Due) => string {
  const { t } = useTranslation('handovers');
  return ({ from, to, minute, bound }) => {
    const days =
      bound === 'by' ? to : bound === 'after' || from === to ? from : t('promises.fromTo', { from, to });
    const day = minute === null ? days : `${days} ${clock(minute)}`;
    return t(`promises.due.${bound}`, { day });
  };
}

function clock(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
