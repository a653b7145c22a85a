import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { HandoverId } from '../../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { useProcedure } from '../../../api/hooks.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../use-words.ts';
import { ExportButtons } from './export-buttons.tsx';
import { SignatureFacts } from './seats.tsx';
import styles from './signing.module.css';
import { SnapshotDrawer } from './snapshot-drawer.tsx';

type Snapshot = ProcedureOutput<'handovers.snapshots'>[number];

/** Everything that was ever frozen, the newest first: what was reopened stays to be read. */
export function Snapshots({ id }: { readonly id: HandoverId }) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const format = useFormat();
  const snapshots = useProcedure('handovers.snapshots', { id });
  const [shown, setShown] = useState<Snapshot | null>(null);
  if (snapshots.isError)
    return <ErrorState error={snapshots.error} onRetry={() => void snapshots.refetch()} />;
  if (snapshots.data === undefined || snapshots.data.length === 0) return null;
  return (
    <section aria-labelledby="snapshots">
      <h2 id="snapshots" className={styles['heading']}>
        {t('signing.history')}
      </h2>
      <ol className={styles['snapshots']} reversed>
        {snapshots.data.map((snapshot) => (
          <li
            key={snapshot.id}
            className={styles['card']}
            data-reopened={snapshot.reopened !== null || undefined}
          >
            <div className={styles['seatHead']}>
              <strong>{t('signing.number', { number: snapshot.number })}</strong>
              <span className={styles['quiet']}>
                {snapshot.frozenBy.name} · {format.dateTime(snapshot.frozenAt)}
              </span>
              <code title={snapshot.hash}>{snapshot.hash.slice(0, 16)}</code>
            </div>
            {snapshot.reopened !== null && (
              <Alert
                type="info"
                showIcon
                title={t('signing.reopenedBy', {
                  name: snapshot.reopened.by.name,
                  time: format.dateTime(snapshot.reopened.at),
                  reason: snapshot.reopened.reason,
                })}
              />
            )}
            {snapshot.reopened !== null &&
              snapshot.signatures.map((signature) => (
                <div key={`${signature.role} ${signature.party}`}>
                  <p>
                    <strong>{words.role[signature.role]}</strong>
                  </p>
                  <SignatureFacts signature={signature} />
                </div>
              ))}
            <div className={styles['actions']}>
              <Button onClick={() => setShown(snapshot)}>{t('signing.view')}</Button>
              {snapshot.reopened !== null && (
                <ExportButtons id={id} snapshotId={snapshot.id} draft={false} certificate={false} />
              )}
            </div>
          </li>
        ))}
      </ol>
      {shown !== null && <SnapshotDrawer snapshot={shown} onClose={() => setShown(null)} />}
    </section>
  );
}
