import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useFormat } from '../../use-format.ts';
import { FileChooser } from './file-chooser.tsx';
import { ImportOptionsDialog } from './import-options.tsx';
import { ImportDetail } from './import-detail.tsx';
import { shownStateOf } from './import-state.ts';
import { titleOf } from './import-title.ts';
import styles from './imports.module.css';
import { UploadPanel } from './upload-panel.tsx';
import { acceptedEndings } from './uploads.ts';

/** What came into the archive and when: new files, the running import, and the numbers of every one. */
export function ImportsScreen() {
  const { t } = useTranslation('imports');
  const { pathname } = useLocation();
  const imports = useProcedure('archive.imports', { limit: 200 });
  const id = /^\/imports\/([0-9a-f-]{36})$/.exec(pathname)?.[1] ?? imports.data?.[0]?.id ?? null;
  const listed = imports.data ?? [];
  return (
    <Page
      fill
      title={t('title')}
      description={t('description', { endings: acceptedEndings.join(' ') })}
      actions={<Actions />}
    >
      <UploadPanel />
      {imports.isError ? (
        <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />
      ) : !imports.data ? (
        <Loading />
      ) : listed.length === 0 ? (
        <div className={styles['dropTarget']}>
          <EmptyState
            title={t('empty')}
            description={t('emptyHint')}
            action={<FileChooser label={t('choose')} />}
          />
        </div>
      ) : (
        <div className={styles['screen']}>
          <nav className={styles['list']} aria-label={t('list')}>
            <ol>
              {listed.map((view) => (
                <ImportItem key={view.id} view={view} current={view.id === id} />
              ))}
            </ol>
          </nav>
          <section className={styles['main']} aria-label={t('detail')}>
            {id !== null && <ImportDetail key={id} id={id} />}
          </section>
        </div>
      )}
    </Page>
  );
}

/** Files as they are, and files of which something has to be said first. */
function Actions() {
  const { t } = useTranslation('imports');
  const may = useCan()('archive:import');
  const [open, setOpen] = useState(false);
  return (
    <>
      {may && <Button onClick={() => setOpen(true)}>{t('options.open')}</Button>}
      <FileChooser label={t('choose')} />
      {open && <ImportOptionsDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function ImportItem({
  view,
  current,
}: {
  readonly view: ProcedureOutput<'archive.import'>;
  readonly current: boolean;
}) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  return (
    <li>
      <NavLink
        to={`/imports/${view.id}`}
        className={styles['item'] ?? ''}
        aria-current={current ? 'page' : undefined}
        data-current={current || undefined}
      >
        <span className={styles['line']}>
          <span className={styles['itemName']}>{titleOf(view)}</span>
          <StateTag state={shownStateOf(view)} />
        </span>
        <span className={styles['quiet']}>
          {format.dateTime(view.startedAt)} · {view.startedBy}
        </span>
        <span className={styles['quiet']}>
          {t('itemCounts', {
            imported: format.number(view.imported),
            quarantined: format.number(view.quarantined),
          })}
        </span>
      </NavLink>
    </li>
  );
}
