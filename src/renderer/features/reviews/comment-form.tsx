import { Button, Checkbox } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { GrowingText } from '../../components/GrowingText.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import type { AnchorDraft } from './anchors.ts';
import styles from './reviews.module.css';

/** Writes a comment on a stretch of text, a region of a picture, or the whole; with other words for it, where there are. */
export function CommentForm({
  anchor,
  error,
  busy,
  mayDecide,
  onSend,
  onCancel,
}: {
  readonly anchor: AnchorDraft;
  readonly error: unknown;
  readonly busy: boolean;
  /** Whoever decides may demand. */
  readonly mayDecide: boolean;
  readonly onSend: (comment: { text: string; mustFix: boolean; suggestion: string | null }) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation('reviews');
  const [text, setText] = useState('');
  const [mustFix, setMustFix] = useState(false);
  const [suggestion, setSuggestion] = useState<string | null>(null);
  const ready = text.trim() !== '' || suggestion !== null;
  const send = () => {
    if (ready)
      onSend({ text: text.trim() === '' ? t('comment.suggests') : text.trim(), mustFix, suggestion });
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
  };
  return (
    <form
      className={styles['commentForm']}
      aria-label={t('comment.new')}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <p className={styles['quiet']}>
        {anchor.anchor.kind === 'region'
          ? t('comment.onRegion')
          : anchor.quote === ''
            ? t('comment.onWhole')
            : t('comment.on')}
      </p>
      {anchor.quote !== '' && (
        <blockquote className={styles['quote']}>
          <OutsideText text={anchor.quote.length > 200 ? `${anchor.quote.slice(0, 200)}…` : anchor.quote} />
        </blockquote>
      )}
      <GrowingText
        autoFocus
        aria-label={t('comment.text')}
        placeholder={t('comment.text')}
        value={text}
        maxLength={4_000}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={keys}
      />
      {anchor.quote !== '' &&
        (suggestion === null ? (
          <Button size="small" onClick={() => setSuggestion(anchor.quote)}>
            {t('comment.suggest')}
          </Button>
        ) : (
          <label>
            <span className={styles['quiet']}>{t('comment.suggestion')}</span>
            <GrowingText
              value={suggestion}
              maxLength={5_000}
              onChange={(event) => setSuggestion(event.target.value)}
              onKeyDown={keys}
            />
          </label>
        ))}
      {mayDecide && (
        <Checkbox checked={mustFix} onChange={(event) => setMustFix(event.target.checked)}>
          {t('comment.mustFix')}
        </Checkbox>
      )}
      <ErrorAlert error={error} />
      <div className={styles['formButtons']}>
        <Button size="small" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button size="small" type="primary" htmlType="submit" loading={busy} disabled={!ready}>
          {t('comment.send')}
        </Button>
      </div>
    </form>
  );
}
