import { Alert, Button } from 'antd';
import { useId, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useMutate, useProcedure } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { useFormat } from '../../use-format.ts';
import { DraftProblems } from './draft-problems.tsx';
import styles from './lexicons.module.css';
import { SettingsChanges } from './settings-changes.tsx';
import { settingsFormId } from './settings-section.tsx';
import { type Warning, Warnings } from './warnings.tsx';

type Lexicon = ProcedureOutput<'lexicons.list'>[number];

/** What will be published, and that it can't be changed afterwards; or what keeps it from that. */
export function PublishDialog({
  lexicon,
  draft,
  unsaved,
  onEntry,
  onSettings,
  onPublished,
  onClose,
}: {
  readonly lexicon: Lexicon;
  readonly draft: NonNullable<Lexicon['draft']>;
  /** The settings behind the dialog have changes that are not in the draft. */
  readonly unsaved: boolean;
  /** Leads to an entry that has a problem. */
  readonly onEntry: (text: string) => void;
  readonly onSettings: () => void;
  readonly onPublished: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('lexicons');
  const format = useFormat();
  const publish = useMutate('lexicons.publish', { toast: false });
  const [warnings, setWarnings] = useState<readonly Warning[] | null>(null);
  const check = useProcedure('lexicons.checkDraft', { versionId: draft.id }, { enabled: warnings === null });
  const changes = useProcedure(
    'lexicons.settingsChanges',
    { versionId: draft.id },
    { enabled: warnings === null },
  );
  // Pressed, and neither saved yet nor refused: that closes the dialog.
  const [asked, setAsked] = useState(false);
  const saving = asked && unsaved;
  const okId = useId();
  const changesId = useId();
  const saved = asked && !unsaved;
  // The button that had the focus goes with the warning.
  useLayoutEffect(() => {
    if (saved) document.getElementById(okId)?.focus();
  }, [saved, okId]);
  const problems = check.data?.problems ?? [];
  const done = warnings !== null;
  const checking = !done && (check.isFetching || changes.isFetching);
  return (
    <Dialog
      title={t('publish.title', { name: lexicon.name, number: draft.number })}
      okText={done ? t('common:close') : t('publish.ok')}
      okButtonProps={{
        id: okId,
        // The last answer may be one to an older state of the draft.
        loading: publish.isPending || checking || saving,
        // A press on a button that only turns is taken and does nothing.
        disabled: checking || (!done && problems.length > 0),
      }}
      {...(done ? { cancelButtonProps: { style: { display: 'none' } } } : {})}
      onCancel={onClose}
      onOk={() => {
        if (done) {
          onClose();
          return;
        }
        publish.mutate(
          { lexiconId: lexicon.id, versionId: draft.id },
          {
            onSuccess: (answer) => {
              onPublished();
              if (answer.warnings.length === 0) onClose();
              else setWarnings(answer.warnings);
            },
          },
        );
      }}
    >
      <div className={styles['stack']}>
        <dl className={styles['counts']}>
          <div>
            <dt>{t('publish.before')}</dt>
            <dd>
              {lexicon.published
                ? t('publish.terms', {
                    count: lexicon.published.termCount,
                    number: format.number(lexicon.published.termCount),
                  })
                : '–'}
            </dd>
          </div>
          <div>
            <dt>{t('publish.after')}</dt>
            <dd>{t('publish.terms', { count: draft.termCount, number: format.number(draft.termCount) })}</dd>
          </div>
        </dl>
        {changes.data && (
          <section className={styles['settingsChanges']} aria-labelledby={changesId}>
            <h3 id={changesId}>{t('settingsChanges.title')}</h3>
            <SettingsChanges changes={changes.data} />
          </section>
        )}
        {problems.length > 0 && !done ? (
          <>
            <p>{t('publish.refused')}</p>
            <DraftProblems
              versionId={draft.id}
              problems={problems}
              checking={checking}
              onEntry={onEntry}
              onSettings={onSettings}
            />
          </>
        ) : (
          <p>{done ? t('publish.done') : t('publish.explanation')}</p>
        )}
        {unsaved && !done && (
          <Alert
            type="warning"
            showIcon
            role="alert"
            title={t('publish.unsaved')}
            action={
              <Button
                size="small"
                htmlType="submit"
                form={settingsFormId}
                loading={saving}
                onClick={() => setAsked(true)}
              >
                {t('publish.saveFirst')}
              </Button>
            }
          />
        )}
        <Warnings warnings={warnings ?? []} />
        <ErrorAlert error={publish.error ?? changes.error} />
      </div>
    </Dialog>
  );
}
