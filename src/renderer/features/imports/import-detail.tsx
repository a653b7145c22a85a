import { Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { toClientError } from '../../api/client.ts';
import { useActiveJobs, useCan, useProcedure } from '../../api/hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ErrorText } from '../../components/ErrorText.tsx';
import { JobEnding } from '../../components/JobEnding.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { Loading } from '../../components/Loading.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { usePreferences } from '../../preferences.ts';
import { useFormat } from '../../use-format.ts';
import { ScreenButton, ScreeningPanel, useScreening } from '../hits/screening.tsx';
import { Completeness } from './completeness.tsx';
import { CountsSum } from './counts.tsx';
import styles from './imports.module.css';
import { shownStateOf } from './import-state.ts';
import { titleOf } from './import-title.ts';
import { kindName } from './kind-name.ts';
import { JobProgress } from './job-progress.tsx';
import { QuarantineList } from './quarantine.tsx';

type ImportView = ProcedureOutput<'archive.import'>;
type Tab = 'files' | 'completeness' | 'quarantine';

/** One import: how far it is, its numbers, its files, what the archive lacks, and what could not be read. */
export function ImportDetail({ id }: { readonly id: string }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const asked = useProcedure('archive.import', { id });
  const [tab, setTab] = useState<Tab>('files');
  if (asked.isError) return <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />;
  if (!asked.data) return <Loading />;
  const view = asked.data;
  const running = view.state === 'running';
  const hasMessages = view.files.some(({ kind }) => kind === 'chat' || kind === 'mixed');
  return (
    <div className={styles['detail']}>
      <div className={styles['line']}>
        <h2 className={styles['heading']}>{titleOf(view)}</h2>
        <StateTag state={shownStateOf(view)} />
      </div>
      <p className={styles['quiet']}>
        {t('startedBy', { name: view.startedBy, time: format.dateTime(view.startedAt) })}
        {view.finishedAt !== null &&
          ` · ${t('took', { duration: format.duration(view.finishedAt - view.startedAt) })}`}
      </p>
      {running ? (
        <div className={styles['panel']}>
          <JobProgress jobId={view.jobId} title={t('running')} onEnded={() => void asked.refetch()} />
        </div>
      ) : (
        <>
          <CountsSum counts={view} />
          <JobEnding
            jobId={view.jobId}
            state={view.state}
            explained={view.files.some((file) => file.error !== null)}
            {...(view.state === 'done' ? {} : { words: t(`ended.${view.state}`) })}
          />
        </>
      )}
      {!running && view.imported > 0 && hasMessages && <NextStep />}
      {!running && view.people.imported + view.records.imported > 0 && <Evidence />}
      <Tabs
        className={styles['tabs'] ?? ''}
        activeKey={tab}
        onChange={(key) => setTab(key === 'completeness' || key === 'quarantine' ? key : 'files')}
        items={[
          {
            key: 'files',
            label: t('tab.files', { count: view.files.length }),
            children: <Files view={view} />,
          },
          {
            key: 'completeness',
            label: t('tab.completeness'),
            disabled: running || !hasMessages,
            children: <Completeness importId={view.id} />,
          },
          {
            key: 'quarantine',
            label: t('tab.quarantine', { number: format.number(view.quarantined) }),
            disabled: running,
            children: <QuarantineList importId={view.id} />,
          },
        ]}
      />
    </div>
  );
}

/** After an import of what departures are audited from: these. */
function Evidence() {
  const { t } = useTranslation('imports');
  if (!useCan()('handovers:read')) return null;
  return (
    <section className={styles['next']} aria-label={t('next.evidence')}>
      <div className={styles['line']}>
        <span>{t('next.evidence')}</span>
        <Link to="/handovers">{t('next.handovers')}</Link>
      </div>
    </section>
  );
}

/** After an import: screen what is new, then the hits. */
function NextStep() {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const screening = useScreening();
  const summary = useProcedure('supervision.summary', {});
  const lexicons = useProcedure('lexicons.list', {});
  const importing = useActiveJobs().some((job) => job.kind === 'import');
  const unscreened = summary.data?.unscreened ?? 0;
  const usable = lexicons.data?.some((lexicon) => lexicon.active && lexicon.published !== null) ?? true;
  // A count from before the last messages came would say that all of them are screened.
  const certain = !summary.isFetching && !importing;
  if (!summary.data) return null;
  return (
    <section className={styles['next']} aria-label={t('next.label')}>
      <ScreeningPanel screening={screening} />
      {screening.running === null && (unscreened > 0 || (screening.finished === null && certain)) && (
        <div className={styles['line']}>
          <span>
            {!usable
              ? t('next.noLexicon')
              : unscreened > 0
                ? t('next.unscreened', { count: unscreened, number: format.number(unscreened) })
                : t('next.allScreened')}
          </span>
          {!usable ? (
            <Link to="/lexicons">{t('next.lexicons')}</Link>
          ) : unscreened > 0 ? (
            <ScreenButton screening={screening} primary>
              {t('next.screen')}
            </ScreenButton>
          ) : (
            <Link to="/hits">{t('next.hits')}</Link>
          )}
        </div>
      )}
    </section>
  );
}

function Files({ view }: { readonly view: ImportView }) {
  const { t } = useTranslation('imports');
  const { language } = usePreferences();
  const format = useFormat();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('file.list')}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('file.name')}</th>
            <th scope="col">{t('file.kind')}</th>
            <th scope="col">{t('file.state')}</th>
            <th scope="col" className={styles['end']}>
              {t('file.size')}
            </th>
            {(['read', 'imported', 'duplicates', 'quarantined'] as const).map((key) => (
              <th key={key} scope="col" className={styles['end']}>
                {t(`count.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.files.map((file) => (
            <tr key={file.id}>
              <td className={styles['fileName']}>
                <OutsideText text={file.name} />
                {file.error && (
                  <div className={styles['fileError']} role="alert">
                    <ErrorText error={toClientError(file.error)} />
                  </div>
                )}
              </td>
              <td>{kindName(file.kind, t, language)}</td>
              <td>
                <StateTag state={file.state} />
              </td>
              <td className={styles['end']}>{format.bytes(file.bytes)}</td>
              <td className={styles['end']}>{format.number(file.read)}</td>
              <td className={styles['end']}>{format.number(file.imported)}</td>
              <td className={styles['end']}>{format.number(file.duplicates)}</td>
              <td className={styles['end']}>{format.number(file.quarantined)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
