import { App, Button, Form } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { HandoverId } from '../../../../core/contract/ids.ts';
import type { HandoverClass } from '../../../../core/features/handovers/model.ts';
import { useMutate } from '../../../api/hooks.ts';
import { Dialog } from '../../../components/Dialog.tsx';
import { ErrorAlert } from '../../../components/ErrorAlert.tsx';
import { GrowingText } from '../../../components/GrowingText.tsx';
import { useFormat } from '../../../use-format.ts';
import styles from './sheet.module.css';

/** Writes why rows stand as they do: what is signed over says it for each unexplained one. */
export function ExplainDialog({
  handoverId,
  class: itemClass,
  items,
  text: written,
  onClose,
  onDone,
}: {
  readonly handoverId: HandoverId;
  readonly class: HandoverClass;
  readonly items: readonly string[];
  /** What was written of the one row before. */
  readonly text: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation('handovers');
  const { message } = App.useApp();
  const format = useFormat();
  const id = useId();
  const explain = useMutate('handovers.explain', { toast: false });
  const [text, setText] = useState(written);
  const [asked, setAsked] = useState(false);
  const missing = asked && text.trim() === '';
  const send = (said: string) =>
    explain.mutate(
      { handoverId, class: itemClass, items: [...items], text: said },
      {
        onSuccess: ({ changed }) => {
          void message.success(
            t(said === '' ? 'explain.removed' : 'explain.done', {
              count: changed,
              number: format.number(changed),
            }),
          );
          onDone();
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={t('explain.title', { count: items.length, number: format.number(items.length) })}
      onCancel={onClose}
      footer={
        <div className={styles['foot']}>
          {written !== '' && (
            <Button danger loading={explain.isPending} onClick={() => send('')}>
              {t('explain.remove')}
            </Button>
          )}
          <span className={styles['spacer']} />
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            loading={explain.isPending}
            onClick={() => {
              setAsked(true);
              if (text.trim() !== '') send(text.trim());
            }}
          >
            {t('common:save')}
          </Button>
        </div>
      }
    >
      <p className={styles['quiet']}>{t(items.length > 1 ? 'explain.hintMany' : 'explain.hint')}</p>
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('explain.text')}
          htmlFor={`${id}-text`}
          required
          {...(missing ? { validateStatus: 'error' as const, help: t('needed') } : {})}
        >
          <GrowingText
            id={`${id}-text`}
            value={text}
            maxLength={2_000}
            onChange={(event) => setText(event.target.value)}
          />
        </Form.Item>
      </Form>
      <ErrorAlert error={explain.error} />
    </Dialog>
  );
}
