import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { useCan, useMutate } from '../../../api/hooks.ts';
import { useShortcuts } from '../../../components/shortcuts.ts';
import { ReasonDialog } from '../reason-dialog.tsx';
import { AcceptDialog } from './accept-dialog.tsx';
import { PromiseCard } from './promise-card.tsx';
import styles from './promises.module.css';
import type { Promised } from './promises-tab.tsx';

type Deciding = { readonly kind: 'accept' | 'dismiss'; readonly promise: Promised };

/** Promises as cards, however many; `j` and `k` walk them, and a letter decides on the one that is marked. */
export function PromiseList({
  handover,
  promises,
}: {
  readonly handover: ProcedureOutput<'handovers.get'>;
  readonly promises: readonly Promised[];
}) {
  const { t } = useTranslation('handovers');
  const manages = useCan()('handovers:manage') && !handover.roles.includes('leaver');
  const mayDecide = handover.mayChange;
  const decide = useMutate('handovers.decidePromise');
  const dismiss = useMutate('handovers.decidePromise', { toast: false });
  const [held, setHeld] = useState<string | null>(null);
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const viewport = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: promises.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => 150,
    getItemKey: (index) => promises[index]?.key ?? index,
    overscan: 6,
    gap: 8,
    useFlushSync: false,
  });
  const found = promises.findIndex(({ key }) => key === held);
  const current = found < 0 ? null : found;
  const promise = current === null ? undefined : promises[current];
  const go = (by: number) => {
    const next = Math.min(promises.length - 1, Math.max(0, (current ?? -1) + by));
    setHeld(promises[next]?.key ?? null);
    virtualizer.scrollToIndex(next, { align: 'auto' });
  };
  const say = (key: string, decision: 'kept' | 'reset') => decide.mutate({ id: handover.id, key, decision });
  useShortcuts([
    { keys: 'j', label: t('promises.key.next'), run: () => go(1) },
    { keys: 'k', label: t('promises.key.previous'), run: () => go(-1) },
    {
      keys: 'a',
      label: t('promises.accept'),
      disabled: !mayDecide || promise === undefined,
      run: () => promise && setDeciding({ kind: 'accept', promise }),
    },
    {
      keys: 'y',
      label: t('promises.kept'),
      disabled: !manages || promise === undefined,
      run: () => promise && say(promise.key, 'kept'),
    },
    {
      keys: 'x',
      label: t('promises.dismiss'),
      disabled: !mayDecide || promise === undefined,
      run: () => promise && setDeciding({ kind: 'dismiss', promise }),
    },
  ]);
  return (
    <div
      ref={viewport}
      className={styles['viewport']}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
      tabIndex={0}
      role="region"
      aria-label={t('tab.promises')}
    >
      <ul style={{ height: virtualizer.getTotalSize() }} className={styles['cards']}>
        {virtualizer.getVirtualItems().map((item) => {
          const one = promises[item.index];
          return one === undefined ? null : (
            <li
              key={item.key}
              ref={virtualizer.measureElement}
              data-index={item.index}
              data-current={item.index === current || undefined}
              aria-setsize={promises.length}
              aria-posinset={item.index + 1}
              className={styles['card']}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <PromiseCard
                handover={handover}
                promise={one}
                mayDecide={mayDecide}
                mayKeep={manages}
                pending={decide.isPending}
                onFocus={() => setHeld(one.key)}
                onAccept={() => setDeciding({ kind: 'accept', promise: one })}
                onDismiss={() => setDeciding({ kind: 'dismiss', promise: one })}
                onSay={(decision) => say(one.key, decision)}
              />
            </li>
          );
        })}
      </ul>
      {deciding?.kind === 'accept' && (
        <AcceptDialog handover={handover} promise={deciding.promise} onClose={() => setDeciding(null)} />
      )}
      {deciding?.kind === 'dismiss' && (
        <ReasonDialog
          title={t('promises.dismissTitle')}
          hint={t('promises.dismissHint')}
          okText={t('promises.dismiss')}
          pending={dismiss.isPending}
          error={dismiss.error}
          onCancel={() => setDeciding(null)}
          onOk={(note) =>
            dismiss.mutate(
              { id: handover.id, key: deciding.promise.key, decision: 'dismissed', note },
              { onSuccess: () => setDeciding(null) },
            )
          }
        />
      )}
    </div>
  );
}
