import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useMutate } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './lexicons.module.css';
import { type Warning, Warnings } from './warnings.tsx';

type Lexicon = ProcedureOutput<'lexicons.list'>[number];

/** What will be published, and that it can't be changed afterwards. */
export function PublishDialog({
  lexicon,
  draft,
  onPublished,
  onClose,
}: {
  readonly lexicon: Lexicon;
  readonly draft: NonNullable<Lexicon['draft']>;
  readonly onPublished: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('lexicons');
  const format = useFormat();
  const publish = useMutate('lexicons.publish', { toast: false });
  const [warnings, setWarnings] = useState<readonly Warning[] | null>(null);
  const done = warnings !== null;
  return (
    <Dialog
      title={t('publish.title', { name: lexicon.name, number: draft.number })}
      okText={done ? t('common:close') : t('publish.ok')}
      okButtonProps={{ loading: publish.isPending }}
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
        <p>{done ? t('publish.done') : t('publish.explanation')}</p>
        <Warnings warnings={warnings ?? []} />
        <ErrorAlert error={publish.error} />
      </div>
    </Dialog>
  );
}
