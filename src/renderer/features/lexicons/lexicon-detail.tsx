import { App } from 'antd';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
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
import { type LedBy, type Section, pathOf, sections } from './sections.ts';
import { SettingsSection } from './settings-section.tsx';
import { TermsTable } from './terms-table.tsx';
import { useSample } from './use-sample.ts';
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
  // Kept while its dialog is open: published, it is no draft any more, and the dialog still has warnings to show.
  const [publishing, setPublishing] = useState<Lexicon['draft']>(null);
  const [publications, setPublications] = useState(0);
  const [unsaved, setUnsaved] = useState(false);
  // Here, so that the same text can be tried on another version, and is still there after a look at another part.
  const sample = useSample();
  const mayEdit = can('lexicons:edit');
  const heading = useRef<HTMLHeadingElement>(null);
  const listed = versions.data ?? [];
  const asked = search.get('version');
  const shown =
    listed.find((version) => version.id === asked) ?? lexicon.draft ?? lexicon.published ?? listed[0] ?? null;
  const show = (versionId: string | null) =>
    setSearch(versionId === null ? {} : { version: versionId }, { replace: true });
  const editable = shown?.state === 'draft' && mayEdit;

  const published = useRef(false);
  const showPublished = useEffectEvent(() => {
    show(null);
    heading.current?.focus({ preventScroll: true });
  });
  // The dialog holds the focus while it is open; published, the button that opened it is gone. And by then what was not saved
  // of the settings, which would ask before another version is shown, is gone as was said.
  useEffect(() => {
    if (dialog !== null || !published.current) return;
    published.current = false;
    showPublished();
  }, [dialog]);

  return (
    <div className={styles['detail']}>
      <div className={styles['head']}>
        <h2 ref={heading} tabIndex={-1}>
          {lexicon.name}
        </h2>
        <LexiconActions
          lexicon={lexicon}
          versions={listed}
          shown={shown}
          onShow={show}
          onDialog={(next) => {
            setPublishing(lexicon.draft);
            setDialog(next);
          }}
          onVersionChanged={() => heading.current?.focus({ preventScroll: true })}
        />
        {/* Below the buttons, in the whole width: beside them it would be a narrow column of many lines. */}
        <div className={styles['headText']}>
          {lexicon.description !== '' && <p className={styles['quiet']}>{lexicon.description}</p>}
          {shown !== null && <VersionLine version={shown} />}
        </div>
      </div>
      {publications > 0 && (
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
          {section === 'workbench' && (
            <Workbench key={shown.id} version={shown} editable={editable} sample={sample} />
          )}
          {section === 'backtests' && <BacktestsSection lexicon={lexicon} />}
          {section === 'settings' && (
            <SettingsSection
              key={`${shown.id} ${publications}`}
              version={shown}
              editable={editable}
              onUnsaved={setUnsaved}
              // Behind the dialog nobody would read why.
              onRefused={() => setDialog(null)}
            />
          )}
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
      {dialog === 'publish' && publishing && (
        <PublishDialog
          lexicon={lexicon}
          draft={publishing}
          unsaved={unsaved}
          onClose={() => setDialog(null)}
          onEntry={(text) => {
            setDialog(null);
            void navigate(`${pathOf(lexicon.id, 'workbench')}?entry=${encodeURIComponent(text)}`, {
              state: 'problem' satisfies LedBy,
            });
          }}
          onSettings={() => {
            setDialog(null);
            void navigate(pathOf(lexicon.id, 'settings'));
          }}
          onPublished={() => {
            setPublications(publications + 1);
            published.current = true;
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
