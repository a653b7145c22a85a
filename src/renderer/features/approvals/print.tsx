import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';

import type { ApprovalId } from '../../../core/contract/ids.ts';
import { useProcedure } from '../../api/hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { NotFound } from '../../components/NotFound.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useFormat } from '../../use-format.ts';
import { ApprovalRecord } from './approval-record.tsx';
import styles from './approvals.module.css';
import { ApprovedCopy } from './approved-copy.tsx';
import { readApprovalPath } from './paths.ts';
import paper from './print.module.css';
import { Uses } from './uses.tsx';

/** One approval as it goes on paper: without the shell around it, black on white in either theme. */
export function ApprovalPrintScreen() {
  const id = readApprovalPath(useLocation().pathname);
  return (
    <main id="content" className={paper['screen']}>
      {id === null ? <NotFound /> : <Sheet id={id} />}
    </main>
  );
}

function Sheet({ id }: { readonly id: ApprovalId }) {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  const approval = useProcedure('approvals.get', { id });
  const version = useProcedure(
    'materials.version',
    { id: approval.data?.versionId ?? '' },
    { enabled: approval.data !== undefined },
  );
  const workspace = useProcedure('workspaces.status', {}).data?.open?.title ?? '';
  const number = approval.data?.number;
  useEffect(() => {
    // The name that a browser proposes for the file.
    if (number !== undefined) document.title = [t('sheetTitle'), number, workspace].filter(Boolean).join(' ');
  }, [t, number, workspace]);
  const error = approval.error ?? version.error;
  if (error) {
    return <ErrorState error={error} onRetry={() => void approval.refetch().then(() => version.refetch())} />;
  }
  if (!approval.data || !version.data) return <Loading />;
  const { withdrawal } = approval.data;
  return (
    <>
      <div className={paper['tools']}>
        <Link to={`/approvals/${id}`}>{t('printBack')}</Link>
        <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
      <article className={paper['paper']}>
        <header className={paper['head']}>
          <p>{workspace}</p>
          <h1>{t('sheetTitle')}</h1>
          <p className={styles['under']}>
            <strong>{approval.data.number}</strong>
            <StateTag state={approval.data.state} />
          </p>
        </header>
        {withdrawal !== null && (
          <p className={paper['withdrawn']}>
            {t('withdraw.note', { by: withdrawal.by.name, time: format.dateTime(withdrawal.at) })}{' '}
            {t('withdraw.reason')}: {withdrawal.reason}
          </p>
        )}
        <ApprovalRecord approval={approval.data} />
        <Uses approval={approval.data} />
        <section className={styles['card']} aria-labelledby="printed-copy">
          <h2 id="printed-copy">{t('copy.title', { number: approval.data.versionNumber })}</h2>
          <ApprovedCopy materialId={approval.data.materialId} content={version.data.content} />
        </section>
        <footer className={paper['foot']}>
          {t('printedAt', { time: format.dateTime(version.dataUpdatedAt) })}
        </footer>
      </article>
    </>
  );
}
