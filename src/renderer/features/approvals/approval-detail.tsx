import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ApprovalId } from '../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useProcedure } from '../../api/hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useFormat } from '../../use-format.ts';
import { ApprovalRecord } from './approval-record.tsx';
import styles from './approvals.module.css';
import { ApprovedCopy } from './approved-copy.tsx';
import { RecordUseDialog } from './record-use-dialog.tsx';
import { Uses } from './uses.tsx';
import { useSheetDownload } from './use-sheet-download.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

type Approval = ProcedureOutput<'approvals.get'>;

/** One approval: its whole record, where it is used, and the copy that it is about. */
export function ApprovalDetail({ id }: { readonly id: ApprovalId }) {
  const { t } = useTranslation('approvals');
  const approval = useProcedure('approvals.get', { id });
  const version = useProcedure(
    'materials.version',
    { id: approval.data?.versionId ?? '' },
    { enabled: approval.data !== undefined, staleTime: Infinity },
  );
  const back = <Link to="/approvals">{t('toRegister')}</Link>;
  if (approval.isError && !approval.data) {
    return (
      <Page title={t('title')} actions={back}>
        <ErrorState error={approval.error} onRetry={() => void approval.refetch()} />
      </Page>
    );
  }
  if (!approval.data) {
    return (
      <Page title={t('title')} actions={back}>
        <Loading />
      </Page>
    );
  }
  return (
    <Shown approval={approval.data}>
      {version.isError ? (
        <ErrorState error={version.error} onRetry={() => void version.refetch()} />
      ) : version.data ? (
        <ApprovedCopy materialId={approval.data.materialId} content={version.data.content} />
      ) : (
        <Loading />
      )}
    </Shown>
  );
}

function Shown({ approval, children }: { readonly approval: Approval; readonly children: React.ReactNode }) {
  const { t } = useTranslation('approvals');
  const can = useCan();
  const [dialog, setDialog] = useState<'use' | 'withdraw' | null>(null);
  const sheet = useSheetDownload(approval.id);
  const close = () => setDialog(null);
  return (
    <Page
      title={t('titleOf', { number: approval.number })}
      description={
        <span className={styles['under']}>
          <StateTag state={approval.state} />
          <Link to={`/materials/${approval.materialId}`}>{t('toMaterial')}</Link>
          <Link to={`/reviews/${approval.reviewId}`}>{t('toReview')}</Link>
          <Link to="/approvals">{t('toRegister')}</Link>
        </span>
      }
      actions={
        <>
          <Button icon={<DownloadOutlined />} loading={sheet.pending} onClick={sheet.download}>
            {t('sheet')}
          </Button>
          <Link className={styles['asButton'] ?? ''} to={`/approvals/${approval.id}/print`}>
            <PrinterOutlined aria-hidden="true" /> {t('printView')}
          </Link>
          {can('materials:edit') && (
            <Button type="primary" onClick={() => setDialog('use')}>
              {t('use.add')}
            </Button>
          )}
          {approval.may.withdraw && (
            <Button danger onClick={() => setDialog('withdraw')}>
              {t('withdraw.open')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles['detail']}>
        <StateNote approval={approval} />
        <div className={styles['columns']}>
          <ApprovalRecord approval={approval} />
          <div className={styles['column']}>
            <Uses approval={approval} />
            <section className={styles['card']} aria-labelledby="approved-copy">
              <h2 id="approved-copy">{t('copy.title', { number: approval.versionNumber })}</h2>
              <p className={styles['secondary']}>{t('copy.hint')}</p>
              {children}
            </section>
          </div>
        </div>
      </div>
      {dialog === 'use' && <RecordUseDialog approval={approval} onClose={close} />}
      {dialog === 'withdraw' && <WithdrawDialog approval={approval} onClose={close} />}
    </Page>
  );
}

/** What a reader has to know before using it: that it was withdrawn, or has run out. */
function StateNote({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  const { withdrawal } = approval;
  if (withdrawal !== null) {
    const people = withdrawal.told.filter(({ kind }) => kind === 'person');
    const libraries = withdrawal.told.filter(({ kind }) => kind === 'library');
    const names = (list: typeof people) => list.map(({ name }) => name).join(t('common:listSeparator'));
    return (
      <Alert
        type="error"
        showIcon
        title={t('withdraw.note', { by: withdrawal.by.name, time: format.dateTime(withdrawal.at) })}
        description={
          <dl className={styles['told']}>
            <dt>{t('withdraw.reason')}</dt>
            <dd>{withdrawal.reason}</dd>
            <dt>{t('withdraw.toldPeople')}</dt>
            <dd>{people.length === 0 ? t('withdraw.toldNobody') : names(people)}</dd>
            <dt>{t('withdraw.toldLibraries')}</dt>
            <dd>{libraries.length === 0 ? t('withdraw.toldNoLibrary') : names(libraries)}</dd>
          </dl>
        }
      />
    );
  }
  if (approval.state !== 'expired') return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('expiredNote', { day: format.date(approval.expiresAt - 1) })}
      description={t('expiredHint')}
    />
  );
}
