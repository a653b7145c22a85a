import { App, Button, Popconfirm, Select, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { invoke } from '../../api/client.ts';
import { useCan, useMutate, useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { MenuButton } from '../../components/MenuButton.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useErrorToast } from '../../components/use-error-toast.ts';
import { useFormat } from '../../use-format.ts';
import { download } from './download.ts';
import { ImportDialog } from './import-dialog.tsx';
import { LexiconDialog } from './lexicon-dialog.tsx';
import styles from './lexicons.module.css';
import { PublishDialog } from './publish-dialog.tsx';
import { TermsTable } from './terms-table.tsx';

type Lexicon = ProcedureOutput<'lexicons.list'>[number];

/** One lexicon: its versions, the terms of the one that is shown, and the way from draft to publication. */
export function LexiconDetail({ lexicon }: { readonly lexicon: Lexicon }) {
  const { t } = useTranslation('lexicons');
  const format = useFormat();
  const can = useCan();
  const { message } = App.useApp();
  const showError = useErrorToast();
  const [search, setSearch] = useSearchParams();
  const versions = useProcedure('lexicons.versions', { lexiconId: lexicon.id });
  const startDraft = useMutate('lexicons.startDraft');
  const discard = useMutate('lexicons.discardDraft');
  const [dialog, setDialog] = useState<'import' | 'publish' | 'rename' | null>(null);
  const [justPublished, setJustPublished] = useState(false);
  const mayEdit = can('lexicons:edit');
  const mayPublish = can('lexicons:publish');

  const listed = versions.data ?? [];
  const asked = search.get('version');
  const shown =
    listed.find((version) => version.id === asked) ?? lexicon.draft ?? lexicon.published ?? listed[0] ?? null;
  const show = (versionId: string | null) =>
    setSearch(versionId === null ? {} : { version: versionId }, { replace: true });
  const isDraft = shown?.state === 'draft';
  const exportAs = async (format: 'txt' | 'csv' | 'json') => {
    if (!shown) return;
    try {
      const file = await invoke('lexicons.export', { versionId: shown.id, format });
      download(file.fileName, file.mediaType, file.content);
    } catch (error) {
      showError(error);
    }
  };

  return (
    <div className={styles['detail']}>
      <div className={styles['head']}>
        <div className={styles['headText']}>
          <h2>{lexicon.name}</h2>
          {lexicon.description !== '' && <p className={styles['quiet']}>{lexicon.description}</p>}
        </div>
        <div className={styles['actions']}>
          {listed.length > 0 && (
            <Select
              aria-label={t('version.label')}
              value={shown?.id ?? null}
              onChange={(id: string) => show(id)}
              popupMatchSelectWidth={false}
              options={listed.map((version) => ({
                value: version.id as string,
                label:
                  version.state === 'draft'
                    ? t('version.draft', { number: version.number })
                    : t('version.published', {
                        number: version.number,
                        date: version.publishedAt === null ? '' : format.date(version.publishedAt),
                      }),
              }))}
            />
          )}
          <MenuButton
            disabled={!shown}
            menu={{
              items: (['txt', 'csv', 'json'] as const).map((key) => ({ key, label: t(`export.${key}`) })),
              onClick: ({ key }) => void exportAs(key === 'csv' ? 'csv' : key === 'json' ? 'json' : 'txt'),
            }}
          >
            {t('common:export')}
          </MenuButton>
          {mayEdit && (
            <>
              <Button onClick={() => setDialog('rename')}>{t('rename')}</Button>
              <Button onClick={() => setDialog('import')}>{t('import.button')}</Button>
            </>
          )}
          {mayEdit && lexicon.draft === null && (
            <Button
              type="primary"
              loading={startDraft.isPending}
              onClick={() => startDraft.mutate({ lexiconId: lexicon.id }, { onSuccess: () => show(null) })}
            >
              {t('draft.start')}
            </Button>
          )}
          {lexicon.draft !== null && mayEdit && (
            <Popconfirm
              title={t('draft.discardQuestion')}
              description={t('draft.discardHint')}
              okText={t('draft.discard')}
              onConfirm={() => discard.mutate({ lexiconId: lexicon.id }, { onSuccess: () => show(null) })}
            >
              <Button loading={discard.isPending}>{t('draft.discard')}</Button>
            </Popconfirm>
          )}
          {lexicon.draft !== null &&
            (mayPublish ? (
              <Button type="primary" onClick={() => setDialog('publish')}>
                {t('publish.button')}
              </Button>
            ) : (
              mayEdit && (
                <Tooltip title={t('publish.mayNot')}>
                  <Button disabled>{t('publish.button')}</Button>
                </Tooltip>
              )
            ))}
        </div>
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
          <p className={styles['versionLine']}>
            <StateTag state={shown.state} />
            {isDraft
              ? t('version.draftLine', { number: shown.number, name: shown.createdBy })
              : t('version.publishedLine', {
                  number: shown.number,
                  name: shown.publishedBy ?? '–',
                  time: shown.publishedAt === null ? '–' : format.dateTime(shown.publishedAt),
                })}
            {shown.contentHash !== null && (
              <code className={styles['hash']} title={shown.contentHash}>
                SHA-256 {shown.contentHash.slice(0, 12)}…
              </code>
            )}
          </p>
          <TermsTable key={shown.id} versionId={shown.id} editable={isDraft && mayEdit} />
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
