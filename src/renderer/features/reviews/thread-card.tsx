import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { GrowingText } from '../../components/GrowingText.tsx';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { invoke } from '../../api/client.ts';
import { useMutate } from '../../api/hooks.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useErrorToast } from '../../components/use-error-toast.ts';
import { useFormat } from '../../use-format.ts';
import styles from './reviews.module.css';

type Review = ProcedureOutput<'reviews.get'>;

/** One thread: its quote, what was said, the suggested words, and what can be done with it. */
export function ThreadCard({
  review,
  thread,
  current,
  onGoTo,
}: {
  readonly review: Review;
  readonly thread: Review['threads'][number];
  readonly current: boolean;
  readonly onGoTo: () => void;
}) {
  const { t } = useTranslation('reviews');
  const format = useFormat();
  const { message } = App.useApp();
  const showError = useErrorToast();
  const reply = useMutate('reviews.reply', { toast: false });
  const resolve = useMutate('reviews.resolveThread');
  const setMustFix = useMutate('reviews.setMustFix');
  const acceptSuggestion = useMutate('reviews.acceptSuggestion');
  const [text, setText] = useState<string | null>(null);
  const quote = thread.anchor.kind === 'text' ? thread.anchor.quote.exact : '';
  const isResolved = thread.resolved !== null;

  async function accept() {
    try {
      // On top of the draft as it is now; somebody else's save in between is told.
      const { revision } = await invoke('materials.draft', { id: review.material.id });
      await acceptSuggestion.mutateAsync({ threadId: thread.id, baseRevision: revision });
      void message.success(t('comment.accepted'));
    } catch (error) {
      if (!acceptSuggestion.isError) showError(error);
    }
  }
  function send() {
    const written = (text ?? '').trim();
    if (written !== '')
      reply.mutate({ threadId: thread.id, text: written }, { onSuccess: () => setText(null) });
  }

  return (
    <li
      className={styles['card']}
      data-current={current || undefined}
      data-must-fix={thread.mustFix || undefined}
    >
      <p>
        {thread.mustFix && <span className={styles['mustFix']}>{t('comment.mustFixTag')}</span>}
        {isResolved && (
          <span className={styles['stageState']}>
            {t('comment.resolvedBy', { name: thread.resolved?.by.name ?? '' })}
          </span>
        )}
      </p>
      {quote !== '' && (
        <blockquote
          className={styles['quote']}
          data-orphaned={thread.place.found === 'orphaned' || undefined}
        >
          <OutsideText text={quote.length > 200 ? `${quote.slice(0, 200)}…` : quote} />
        </blockquote>
      )}
      {thread.anchor.kind !== 'text' && (
        <p className={styles['quiet']}>{t(`comment.about.${thread.anchor.kind}`)}</p>
      )}
      {thread.anchor.kind !== 'whole' && thread.place.found !== 'exact' && (
        <p className={styles['quiet']}>{t(`comment.place.${thread.place.found}`)}</p>
      )}
      {thread.suggestion !== null && (
        <p>
          {t('comment.suggestion')} <ins>{thread.suggestion}</ins>
          {thread.suggestionAccepted !== null && (
            <span className={styles['stageState']}>
              {t('comment.acceptedBy', { name: thread.suggestionAccepted.by.name })}
            </span>
          )}
        </p>
      )}
      {thread.comments.map((comment) => (
        <div key={comment.id} className={styles['comment']}>
          <span className={styles['quiet']}>
            {comment.by.name} · {format.dateTime(comment.at)}
          </span>
          <p>{comment.text}</p>
        </div>
      ))}
      {text !== null && (
        <div className={styles['commentForm']}>
          <GrowingText
            autoFocus
            aria-label={t('comment.reply')}
            value={text}
            maxLength={4_000}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setText(null);
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
            }}
          />
          <div className={styles['formButtons']}>
            <Button size="small" onClick={() => setText(null)}>
              {t('common:cancel')}
            </Button>
            <Button
              size="small"
              type="primary"
              loading={reply.isPending}
              disabled={text.trim() === ''}
              onClick={send}
            >
              {t('comment.send')}
            </Button>
          </div>
          <ErrorAlert error={reply.error} />
        </div>
      )}
      <div className={styles['formButtons']}>
        {thread.place.found !== 'orphaned' && thread.anchor.kind !== 'whole' && (
          <Button size="small" onClick={onGoTo}>
            {t('precheck:goTo')}
          </Button>
        )}
        {review.may.comment && text === null && (
          <Button size="small" onClick={() => setText('')}>
            {t('comment.reply')}
          </Button>
        )}
        {thread.may.acceptSuggestion && (
          <Button
            size="small"
            type="primary"
            loading={acceptSuggestion.isPending}
            onClick={() => void accept()}
          >
            {t('comment.accept')}
          </Button>
        )}
        {thread.may.resolve && (
          <Button
            size="small"
            loading={resolve.isPending}
            onClick={() => resolve.mutate({ threadId: thread.id, resolved: !isResolved })}
          >
            {t(isResolved ? 'comment.reopen' : 'comment.resolve')}
          </Button>
        )}
        {review.may.seats.length > 0 && !isResolved && (
          <Button
            size="small"
            loading={setMustFix.isPending}
            onClick={() => setMustFix.mutate({ threadId: thread.id, mustFix: !thread.mustFix })}
          >
            {t(thread.mustFix ? 'comment.mustFixOff' : 'comment.mustFixOn')}
          </Button>
        )}
      </div>
    </li>
  );
}
