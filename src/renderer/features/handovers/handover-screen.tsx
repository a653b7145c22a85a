import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';

import type { HandoverId } from '../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useProcedure } from '../../api/hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { useFormat } from '../../use-format.ts';
import { HandoverDialog } from './handover-dialog.tsx';
import styles from './handovers.module.css';
import { employeeName, employeeWithBranch } from './names.ts';
import { type HandoverTab, handoverTabs, readTab, tabAddress } from './paths.ts';
import { ContinuityTab } from './continuity/continuity-tab.tsx';
import { EvidenceTab } from './evidence/evidence-tab.tsx';
import { PromisesTab } from './promises/promises-tab.tsx';
import { SheetTab } from './sheet/sheet-tab.tsx';
import { SigningTab } from './signing/signing-tab.tsx';
import { TimelineTab } from './timeline/timeline-tab.tsx';
import { HandoverStateTag } from './state-tag.tsx';

type Handover = ProcedureOutput<'handovers.get'>;

/** One handover: its balance sheet and everything that says whether it can be signed. */
export function HandoverScreen({ id }: { readonly id: HandoverId }) {
  const { t } = useTranslation('handovers');
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const tab = readTab(search);
  const handover = useProcedure('handovers.get', { id });
  const mayEdit = handover.data?.mayChange === true;
  const [editing, setEditing] = useState(false);
  useShortcuts([
    { keys: 'e', label: t('open.editTitle'), disabled: !mayEdit, run: () => setEditing(true) },
    ...handoverTabs.map((each, index) => ({
      keys: String(index + 1),
      label: t(`tab.${each}`),
      run: () => void navigate(tabAddress(id, each)),
    })),
  ]);
  const { data } = handover;
  return (
    <Page
      fill
      title={data === undefined ? t('title') : t('of', { name: employeeName(data.leaver) })}
      description={
        data === undefined ? <Link to="/handovers">{t('title')}</Link> : <HandoverLine handover={data} />
      }
      actions={
        mayEdit && (
          <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
            {t('common:edit')}
          </Button>
        )
      }
    >
      <div className={styles['screen']}>
        {!handover.isError && (
          <nav className={styles['tabs']} aria-label={t('tabs')}>
            {handoverTabs.map((each) => (
              <Link key={each} to={tabAddress(id, each)} aria-current={each === tab ? 'page' : undefined}>
                {t(`tab.${each}`)}
              </Link>
            ))}
          </nav>
        )}
        {handover.isError ? (
          <ErrorState error={handover.error} onRetry={() => void handover.refetch()} />
        ) : data === undefined ? (
          <Loading />
        ) : (
          <TabContent tab={tab} handover={data} />
        )}
      </div>
      {editing && data !== undefined && (
        <HandoverDialog draft={{ handover: data }} onClose={() => setEditing(false)} />
      )}
    </Page>
  );
}

function TabContent({ tab, handover }: { readonly tab: HandoverTab; readonly handover: Handover }) {
  switch (tab) {
    case 'sheet':
      return <SheetTab handover={handover} />;
    case 'timeline':
      return <TimelineTab handover={handover} />;
    case 'promises':
      return <PromisesTab handover={handover} />;
    case 'continuity':
      return <ContinuityTab handover={handover} />;
    case 'signing':
      return <SigningTab handover={handover} />;
    case 'evidence':
      return <EvidenceTab handover={handover} />;
  }
}

function HandoverLine({ handover }: { readonly handover: Handover }) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const takers =
    handover.takers.length === 0
      ? t('overview.notNamed')
      : handover.takers.map(({ employee }) => employeeName(employee)).join(t('common:listSeparator'));
  return (
    <span className={styles['line']}>
      <Link to="/handovers">{t('title')}</Link>
      <span>{employeeWithBranch(handover.leaver)}</span>
      <HandoverStateTag state={handover.state} />
      <span>{t('line.lastDay', { day: handover.lastDay })}</span>
      <span>{t('line.takers', { count: Math.max(1, handover.takers.length), names: takers })}</span>
      <span>
        {t('line.supervisor', { name: handover.supervisor?.displayName ?? t('overview.notNamed') })}
      </span>
      <span>
        {handover.signedAt === null
          ? t('line.daysOpen', { count: handover.daysOpen, number: format.number(handover.daysOpen) })
          : t('line.signedAt', { time: format.dateTime(handover.signedAt) })}
      </span>
    </span>
  );
}
