import { App } from 'antd';
import { useTranslation } from 'react-i18next';

import { useMutate } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { useTemplateWords } from './template-words.ts';
import type { Template } from './template-list.tsx';
import styles from './templates.module.css';

/** What publishing changes, and for whom it changes nothing. */
export function PublishDialog({
  template,
  draft,
  onClose,
}: {
  readonly template: Template;
  readonly draft: NonNullable<Template['draft']>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('templates');
  const { message } = App.useApp();
  const words = useTemplateWords();
  const publish = useMutate('templates.publish', { toast: false });
  const number = (template.published?.number ?? 0) + 1;
  return (
    <Dialog
      title={t('publish.title', { name: draft.name, number })}
      okText={t('publish.ok')}
      okButtonProps={{ loading: publish.isPending }}
      onCancel={onClose}
      onOk={() =>
        publish.mutate(
          { id: template.id, expectedUpdatedAt: template.updatedAt },
          {
            onSuccess: () => {
              void message.success(t('publish.done', { number }));
              onClose();
            },
          },
        )
      }
    >
      <div className={styles['stack']}>
        <p>{words.stages(draft)}</p>
        <p>{t('publish.hint', { number })}</p>
        <p>
          {template.runningReviews === 0
            ? t('publish.noneRunning')
            : t('publish.running', { count: template.runningReviews })}
        </p>
        {!template.active && <p>{t('publish.inactive')}</p>}
        <ErrorAlert error={publish.error} />
      </div>
    </Dialog>
  );
}
