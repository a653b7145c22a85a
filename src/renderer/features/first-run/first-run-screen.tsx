import { Button } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useMutate } from '../../api/hooks.ts';
import { toClientError } from '../../api/client.ts';
import { refreshEntry } from '../../api/session.ts';
import { EntryLayout } from '../../components/EntryLayout.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import type { JobId } from '../../../core/contract/ids.ts';
import { useFormat } from '../../use-format.ts';
import { CreateWorkspaceForm } from './create-workspace-form.tsx';
import { DemoProgress } from './demo-progress.tsx';
import styles from './first-run.module.css';

export interface FirstRunScreenProps {
  readonly status: ProcedureOutput<'workspaces.status'>;
  /** A workspace is open, but its data is still being made. */
  readonly onBusy: () => void;
  /** A workspace is open: go on to its sign-in. */
  readonly onDone: () => void;
}

/** No workspace is open: make one, try the demo, or go on in one that there is. */
export function FirstRunScreen({ status, onBusy, onDone }: FirstRunScreenProps) {
  const { t } = useTranslation('first-run');
  const format = useFormat();
  const client = useQueryClient();
  const [demoJob, setDemoJob] = useState<JobId | null>(null);
  const openDemo = useMutate('workspaces.openDemo');
  const open = useMutate('workspaces.open');
  const enter = () => void refreshEntry(client).then(onDone);

  return (
    <EntryLayout wide title={t('welcome')} description={t('intro')}>
      {status.problem !== null && <ErrorAlert error={toClientError(status.problem)} />}
      {status.known.length > 0 && (
        <section aria-labelledby="known-workspaces">
          <h2 id="known-workspaces" className={styles['title']}>
            {t('known.title')}
          </h2>
          <ul className={styles['known']}>
            {status.known.map((workspace) => (
              <li key={workspace.name}>
                <span>
                  <strong>{workspace.title}</strong>
                  {workspace.demo && <span className={styles['badge']}>{t('known.demo')}</span>}
                  <span className={styles['secondary']}>
                    {t('known.created', { date: format.date(workspace.createdAt) })}
                  </span>
                </span>
                <Button
                  loading={open.isPending && open.variables.name === workspace.name}
                  disabled={open.isPending || demoJob !== null}
                  aria-label={t('known.openNamed', { title: workspace.title })}
                  onClick={() => open.mutate({ name: workspace.name }, { onSuccess: enter })}
                >
                  {t('known.open')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className={styles['ways']}>
        <section aria-labelledby="create-workspace" className={styles['way']}>
          <div>
            <h2 id="create-workspace" className={styles['title']}>
              {t('create.title')}
            </h2>
            <p className={styles['secondary']}>{t('create.description')}</p>
          </div>
          <CreateWorkspaceForm onDone={enter} />
        </section>
        <section aria-labelledby="open-demo" className={styles['way']}>
          <div>
            <h2 id="open-demo" className={styles['title']}>
              {t('demo.title')}
            </h2>
            <p className={styles['secondary']}>{t('demo.description')}</p>
          </div>
          {demoJob === null ? (
            <Button
              loading={openDemo.isPending}
              onClick={() =>
                openDemo.mutate(
                  {},
                  {
                    onSuccess: ({ job }) => {
                      if (job === null) {
                        enter();
                      } else {
                        onBusy();
                        setDemoJob(job);
                      }
                    },
                  },
                )
              }
            >
              {t('demo.submit')}
            </Button>
          ) : (
            <DemoProgress job={demoJob} onReady={enter} onFailed={() => setDemoJob(null)} />
          )}
          <p className={styles['secondary']}>{t('demo.building')}</p>
        </section>
      </div>
    </EntryLayout>
  );
}
