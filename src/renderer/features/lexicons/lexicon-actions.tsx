import { App, Button, Select, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { invoke } from '../../api/client.ts';
import { useCan, useMutate } from '../../api/hooks.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { MenuButton } from '../../components/MenuButton.tsx';
import { useErrorToast } from '../../components/use-error-toast.ts';
import { useFormat } from '../../use-format.ts';
import { download } from '../../components/download.ts';
import styles from './lexicons.module.css';
import { Warnings } from './warnings.tsx';

type Lexicon = ProcedureOutput<'lexicons.list'>[number];
type Version = ProcedureOutput<'lexicons.versions'>[number];

const exportFormats = ['txt', 'csv', 'json'] as const;

/** What can be done with a lexicon: choose a version, export, import, begin, discard and publish a draft. */
export function LexiconActions({
  lexicon,
  versions,
  shown,
  onShow,
  onDialog,
  onVersionChanged,
}: {
  readonly lexicon: Lexicon;
  readonly versions: readonly Version[];
  readonly shown: Version | null;
  /** Null: the newest. */
  readonly onShow: (versionId: string | null) => void;
  readonly onDialog: (dialog: 'import' | 'publish' | 'rename') => void;
  /** A draft was begun or discarded: the button that was pressed goes, and the focus with it. */
  readonly onVersionChanged: () => void;
}) {
  const { t } = useTranslation('lexicons');
  const format = useFormat();
  const can = useCan();
  const showError = useErrorToast();
  const { notification } = App.useApp();
  const startDraft = useMutate('lexicons.startDraft');
  const discard = useMutate('lexicons.discardDraft');
  const showNewest = () => {
    onShow(null);
    onVersionChanged();
  };
  const mayEdit = can('lexicons:edit');
  const mayPublish = can('lexicons:publish');
  const exportAs = async (format: (typeof exportFormats)[number]) => {
    if (!shown) return;
    try {
      const file = await invoke('lexicons.export', { versionId: shown.id, format });
      download(file.fileName, file.mediaType, file.content);
      if (file.warnings.length > 0) {
        notification.warning({
          title: t('export.incomplete'),
          description: <Warnings warnings={file.warnings} />,
          duration: 0,
          role: 'status',
        });
      }
    } catch (error) {
      showError(error);
    }
  };
  return (
    <div className={styles['actions']}>
      {versions.length > 0 && (
        <Select
          aria-label={t('version.label')}
          value={shown?.id ?? null}
          onChange={(id: string) => onShow(id)}
          popupMatchSelectWidth={false}
          options={versions.map((version) => ({
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
          items: exportFormats.map((key) => ({ key, label: t(`export.${key}`) })),
          onClick: ({ key }) => void exportAs(exportFormats.find((name) => name === key) ?? 'txt'),
        }}
      >
        {t('common:export')}
      </MenuButton>
      {mayEdit && (
        <>
          <Button onClick={() => onDialog('rename')}>{t('rename')}</Button>
          <Button onClick={() => onDialog('import')}>{t('import.button')}</Button>
        </>
      )}
      {mayEdit && lexicon.draft === null && (
        <Button
          type="primary"
          loading={startDraft.isPending}
          onClick={() => startDraft.mutate({ lexiconId: lexicon.id }, { onSuccess: showNewest })}
        >
          {t('draft.start')}
        </Button>
      )}
      {lexicon.draft !== null && mayEdit && (
        <Confirm
          title={t('draft.discardQuestion')}
          description={t('draft.discardHint')}
          okText={t('draft.discard')}
          onConfirm={() => discard.mutate({ lexiconId: lexicon.id }, { onSuccess: showNewest })}
        >
          <Button loading={discard.isPending}>{t('draft.discard')}</Button>
        </Confirm>
      )}
      {lexicon.draft !== null &&
        (mayPublish ? (
          <Button type="primary" onClick={() => onDialog('publish')}>
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
  );
}
