import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { toApiError } from '../../../api/client.ts';
import { useCan, useMutate, useProcedure } from '../../../api/hooks.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { ErrorText } from '../../../components/ErrorText.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { useFormat } from '../../../use-format.ts';
import { handoverClasses } from '../../../../core/features/handovers/model.ts';
import { sheetAddress } from '../paths.ts';
import { ReasonDialog } from '../reason-dialog.tsx';
import { useWords } from '../use-words.ts';
import { ExportButtons } from './export-buttons.tsx';
import { Seats } from './seats.tsx';
import styles from './signing.module.css';
import { Snapshots } from './snapshots.tsx';

type Handover = ProcedureOutput<'handovers.get'>;
type Signing = ProcedureOutput<'handovers.signing'>;

/** Freezing the sheet, the signatures of the parties over it, and what was frozen before. */
export function SigningTab({ handover }: { readonly handover: Handover }) {
  const signing = useProcedure('handovers.signing', { id: handover.id });
  if (signing.isError) return <ErrorState error={signing.error} onRetry={() => void signing.refetch()} />;
  if (!signing.data) return <Loading />;
  return (
    <div className={styles['signing']}>
      {signing.data.current === null ? (
        <Freeze handover={handover} signing={signing.data} />
      ) : (
        <Frozen handover={handover} signing={signing.data} />
      )}
      <Seats signing={signing.data} />
      <Snapshots id={handover.id} />
    </div>
  );
}

/** Nothing is frozen: how many rows still stand in the way, and the step itself. */
function Freeze({ handover, signing }: { readonly handover: Handover; readonly signing: Signing }) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const { message } = App.useApp();
  const format = useFormat();
  const manages = useCan()('handovers:manage');
  const sheet = useProcedure('handovers.sheet', { target: { handoverId: handover.id } });
  const freeze = useMutate('handovers.freeze', { toast: false });
  const left = handoverClasses.flatMap((each) => {
    const figures = sheet.data?.classes[each];
    const count = figures === undefined ? 0 : figures.unexplained - figures.explained;
    return count > 0 ? [{ class: each, count }] : [];
  });
  const refusal = signing.may.freeze;
  return (
    <section className={styles['card']} aria-labelledby="freeze">
      <h2 id="freeze">{t('signing.notFrozen')}</h2>
      <p>{t('signing.freezeHint')}</p>
      {left.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('signing.leftTitle')}
          description={
            <ul className={styles['left']}>
              {left.map((each) => (
                <li key={each.class}>
                  <Link to={sheetAddress(handover.id, { class: each.class, rows: 'unwritten' })}>
                    {t('signing.leftOf', {
                      class: words.class[each.class],
                      count: each.count,
                      number: format.number(each.count),
                    })}
                  </Link>
                </li>
              ))}
            </ul>
          }
        />
      )}
      {manages && refusal !== null && <p role="status">{t(`refusal.${refusal}`)}</p>}
      {!manages && <p className={styles['quiet']}>{t('signing.askManager')}</p>}
      {freeze.error !== null && (
        <Alert type="error" showIcon role="alert" title={<ErrorText error={toApiError(freeze.error)} />} />
      )}
      <div className={styles['actions']}>
        {manages && (
          <Button
            type="primary"
            disabled={refusal !== null || left.length > 0 || sheet.data === undefined}
            loading={freeze.isPending}
            onClick={() =>
              freeze.mutate(
                { id: handover.id, revision: handover.revision },
                { onSuccess: () => void message.success(t('signing.frozenNow')) },
              )
            }
          >
            {t('signing.freeze')}
          </Button>
        )}
        <ExportButtons id={handover.id} snapshotId={null} draft certificate={false} />
      </div>
    </section>
  );
}

/** What is being signed, or was. */
function Frozen({ handover, signing }: { readonly handover: Handover; readonly signing: Signing }) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const format = useFormat();
  const [reopening, setReopening] = useState(false);
  const reopen = useMutate('handovers.reopen', { toast: false });
  const { current } = signing;
  const missing = signing.seats.filter(({ signature }) => signature === null);
  if (current === null) return null;
  return (
    <section className={styles['card']} aria-labelledby="frozen">
      <h2 id="frozen">
        {t(signing.state === 'signed' ? 'signing.complete' : 'signing.collecting', {
          count: missing.length,
          number: format.number(missing.length),
        })}
      </h2>
      <dl className={styles['facts']}>
        <dt>{t('signing.snapshot')}</dt>
        <dd>
          {t('signing.snapshotLine', {
            number: current.number,
            name: current.frozenBy.name,
            time: format.dateTime(current.frozenAt),
          })}
        </dd>
        <dt>{t('signing.hash')}</dt>
        <dd>
          <code className={styles['hash']}>{current.hash}</code>
        </dd>
        <dt>{words.figure.unexplained}</dt>
        <dd>
          {current.unexplained === 0
            ? t('common:none')
            : t('signing.unexplainedWritten', {
                count: current.unexplained,
                number: format.number(current.unexplained),
              })}
        </dd>
      </dl>
      <div className={styles['actions']}>
        <ExportButtons
          id={handover.id}
          snapshotId={current.id}
          draft={false}
          certificate={signing.may.certificate === null}
        />
        {signing.may.reopen === null && (
          <Button danger onClick={() => setReopening(true)}>
            {t('signing.reopen')}
          </Button>
        )}
      </div>
      {signing.may.certificate !== null && (
        <p className={styles['quiet']}>{t(`refusal.${signing.may.certificate}`)}</p>
      )}
      {reopening && (
        <ReasonDialog
          title={t('signing.reopen')}
          hint={t('signing.reopenHint')}
          okText={t('signing.reopen')}
          pending={reopen.isPending}
          error={reopen.error}
          onCancel={() => setReopening(false)}
          onOk={(reason) =>
            reopen.mutate({ id: handover.id, reason }, { onSuccess: () => setReopening(false) })
          }
        />
      )}
    </section>
  );
}
