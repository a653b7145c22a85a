import { Form, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type ApiError, invoke, toApiError } from '../../api/client.ts';
import { useCan } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import type { Message } from './message-item.tsx';

const reasons = ['review', 'complaint', 'audit', 'identify'] as const;

interface Reveal {
  /** Messages whose personal data this user asked for, as long as this screen is open. */
  readonly revealed: ReadonlyMap<Message['id'], Message>;
  readonly ask: ((message: Message) => void) | null;
  readonly dialog: ReactNode;
}

/** Shows masked personal data on request: a reason is asked for first and recorded with the user's name. */
export function useReveal(): Reveal {
  const can = useCan();
  const [revealed, setRevealed] = useState<ReadonlyMap<Message['id'], Message>>(new Map());
  const [asked, setAsked] = useState<Message | null>(null);
  return {
    revealed,
    ask: can('archive:unmask') ? setAsked : null,
    dialog: asked && (
      <RevealDialog
        message={asked}
        onClose={() => setAsked(null)}
        onRevealed={(message) => {
          setRevealed((known) => new Map(known).set(message.id, message));
          setAsked(null);
        }}
      />
    ),
  };
}

function RevealDialog({
  message,
  onClose,
  onRevealed,
}: {
  readonly message: Message;
  readonly onClose: () => void;
  readonly onRevealed: (message: Message) => void;
}) {
  const { t } = useTranslation('archive');
  const [chosen, setChosen] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const reason = [chosen, words.trim()].filter((part) => part !== null && part !== '').join(': ');
  const reveal = async () => {
    setBusy(true);
    try {
      onRevealed(await invoke('archive.reveal', { id: message.id, reason }));
    } catch (thrown) {
      setError(toApiError(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('reveal.title')}
      okText={t('reveal.ok')}
      okButtonProps={{ disabled: reason.length < 2, loading: busy }}
      onOk={() => void reveal()}
      onCancel={onClose}
    >
      <p>{t('reveal.explanation')}</p>
      <Form layout="vertical">
        <Form.Item label={t('reveal.reason')} htmlFor="reveal-reason" required>
          <Select
            id="reveal-reason"
            placeholder={t('reveal.choose')}
            value={chosen}
            onChange={setChosen}
            options={reasons.map((key) => ({
              value: t(`reveal.reasons.${key}`),
              label: t(`reveal.reasons.${key}`),
            }))}
          />
        </Form.Item>
        <Form.Item label={t('reveal.words')} htmlFor="reveal-words">
          <Input.TextArea
            id="reveal-words"
            rows={2}
            maxLength={1000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </Form.Item>
      </Form>
      <ErrorAlert error={error} />
    </Dialog>
  );
}
