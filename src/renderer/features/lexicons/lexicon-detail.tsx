import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useFormat } from '../../use-format.ts';
import { BacktestsSection } from './backtests-section.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { LexiconActions } from './lexicon-actions.tsx';
import { LexiconDialog } from './lexicon-dialog.tsx';
import styles from './lexicons.module.css';
import { PublishDialog } from './publish-dialog.tsx';
import { type Section, pathOf, sections } from './sections.ts';
import { SettingsSection } from './settings-section.tsx';
import { TermsTable } from './terms-table.tsx';
import { Workbench } from './workbench.tsx';

type Lexicon = ProcedureOutput<'lexicons.list'>[number];
type Version = ProcedureOutput<'lexicons.versions'>[number];

/** One lexicon: its versions, the parts of the one that is shown, and the way from draft to publication. */
export function LexiconDetail({
  lexicon,
  section,
}: {
  readonly lexicon: Lexicon;
  readonly section: Section;
}) {
  const { t } = useTranslation('lexicons');
  const can = useCan();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [search, setSearch] = useSearchParams();
  const versions = useProcedure('lexicons.versions', { lexiconId: lexicon.id });
  const [dialog, setDialog] = useState<'import' | 'publish' | 'rename' | null>(null);
  const [justPublished, setJustPublished] = useState(false);
  const mayEdit = can('lexicons:edit');

  const listed = versions.data ?? [];
  const asked = search.get('version');
  const shown =
    listed.find((version) => version.id === asked) ?? lexicon.draft ?? lexicon.published ?? listed[0] ?? null;
  const show = (versionId: string | null) =>
    setSearch(versionId === null ? {} : { version: versionId }, { replace: true });
  const editable = shown?.state === 'draft' && mayEdit;

  return (
    <div className={styles['detail']}>
      <div className={styles['head']}>
        <div className={styles['headText']}>
          <h2>{lexicon.name}</h2>
          {lexicon.description !== '' && <p className={styles['quiet']}>{lexicon.description}</p>}
          {shown !== null && <VersionLine version={shown} />}
        </div>
        <LexiconActions
          lexicon={lexicon}
          versions={listed}
          shown={shown}
          onShow={show}
          onDialog={setDialog}
        />
      </div>
      {justPublished && (
        <p className={styles['notice']} role="status">
          {t('publish.next')} <Link to="/hits">{t('publish.toHits')}</Link>
        </p>
      )}
      {shown === null ? (
        <EmptyState
          title={t('version.none')}
          description={t(mayEdit ? 'version.noneHint' : 'version.noneHintRead')}
        />
      ) : (
        <>
          <nav className={styles['tabs']} aria-label={t('sections.label')}>
            {sections.map((each) => (
              <Link
                key={each}
                to={pathOf(lexicon.id, each, asked === shown.id ? asked : null)}
                aria-current={each === section ? 'page' : undefined}
              >
                {t(`sections.${each}`)}
              </Link>
            ))}
          </nav>
          {section === 'terms' && <TermsTable key={shown.id} version={shown} editable={editable} />}
          {section === 'workbench' && <Workbench key={shown.id} version={shown} editable={editable} />}
          {section === 'backtests' && <BacktestsSection lexicon={lexicon} />}
          {section === 'settings' && <SettingsSection key={shown.id} version={shown} editable={editable} />}
        </>
      )}
      {dialog === 'import' && (
        <ImportDialog
          lexicon={lexicon}
          onClose={() => setDialog(null)}
          onImported={() => {
            show(null);
            void versions.refetch();
          }}
        />
      )}
      {dialog === 'publish' && lexicon.draft && (
        <PublishDialog
          lexicon={lexicon}
          draft={lexicon.draft}
          onClose={() => setDialog(null)}
          onEntry={(text) => {
            setDialog(null);
            void navigate(`${pathOf(lexicon.id, 'workbench')}?entry=${encodeURIComponent(text)}`);
          }}
          onSettings={() => {
            setDialog(null);
            void navigate(pathOf(lexicon.id, 'settings'));
          }}
          onPublished={() => {
            show(null);
            setJustPublished(true);
            void message.success(t('publish.done'));
          }}
        />
      )}
      {dialog === 'rename' && (
        <LexiconDialog lexicon={lexicon} onSaved={() => undefined} onClose={() => setDialog(null)} />
      )}
    </div>
  );
}

function VersionLine({ version }: { readonly version: Version }) {
  const { t } = useTranslation('lexicons');
  const format = useFormat();
  return (
    <p className={styles['versionLine']}>
      <StateTag state={version.state} />
      {version.state === 'draft'
        ? t('version.draftLine', { number: version.number, name: version.createdBy })
        : t('version.publishedLine', {
            number: version.number,
            name: version.publishedBy ?? '–',
            time: version.publishedAt === null ? '–' : format.dateTime(version.publishedAt),
          })}
      {version.contentHash !== null && (
        <code className={styles['hash']} title={version.contentHash}>
          SHA-256 {version.contentHash.slice(0, 12)}…
        </code>
      )}
    </p>
  );
}
