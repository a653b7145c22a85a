import { Button } from 'antd';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { ErrorState } from '../../components/ErrorState.tsx';
import { ErrorText } from '../../components/ErrorText.tsx';
import { Loading } from '../../components/Loading.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './archive.module.css';
import { type ConversationWindow, useConversationWindow } from './conversation-window.ts';
import { createFindMarks } from './find-marks.ts';
import type { MarksByField } from './message-body.tsx';
import { type Message, MessageItem } from './message-item.tsx';
import { useReveal } from './reveal-dialog.tsx';

interface MessageListProps {
  readonly conversationId: number;
  /** The message to bring into view and set off; null for the conversation's own start position. */
  readonly focused: number | null;
  /** Words to set off wherever they stand; empty for none. */
  readonly words: string;
  readonly onJump: (id: number) => void;
}

/** How near to an end of what is loaded the reader comes before more is fetched, in pixels. */
const nearEdge = 400;

export function MessageList({ conversationId, focused, words, onJump }: MessageListProps) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const { window, grow, retry } = useConversationWindow(conversationId, focused);
  const { revealed, ask, dialog } = useReveal();
  const marksOf = useMemo(() => createFindMarks(words), [words]);
  const scroller = useRef<HTMLDivElement>(null);
  useScrollPosition(scroller, window, focused);

  if (window.error && window.messages.length === 0)
    return <ErrorState error={window.error} onRetry={retry} />;
  if (window.loading === 'first') {
    return (
      <div className={styles['centre']}>
        <Loading />
      </div>
    );
  }
  const onScroll = () => {
    const element = scroller.current;
    if (!element) return;
    if (element.scrollTop < nearEdge) void grow('before');
    else if (element.scrollHeight - element.scrollTop - element.clientHeight < nearEdge) void grow('after');
  };
  return (
    <>
      <div
        ref={scroller}
        className={styles['messages']}
        onScroll={onScroll}
        role="log"
        aria-live="off"
        aria-label={t('messages')}
        // The scrolling region is reached by Tab, so that the arrow keys scroll it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <Edge end="before" window={window} onLoad={grow} />
        {window.messages.map((listed, index) => {
          const message = revealed.get(listed.id) ?? listed;
          const current = message.id === focused;
          return (
            <DayBlock
              key={message.id}
              day={dayOf((at) => format.date(at), window.messages[index - 1], message)}
              message={message}
              marks={marksOf(message, current)}
              current={current}
              onReveal={ask}
              onJump={onJump}
            />
          );
        })}
        <Edge end="after" window={window} onLoad={grow} />
      </div>
      {dialog}
    </>
  );
}

function dayOf(date: (at: number) => string, previous: Message | undefined, message: Message): string | null {
  const day = date(message.sentAt);
  return previous !== undefined && date(previous.sentAt) === day ? null : day;
}

function DayBlock(props: {
  readonly day: string | null;
  readonly message: Message;
  readonly marks: MarksByField | undefined;
  readonly current: boolean;
  readonly onReveal: ((message: Message) => void) | null;
  readonly onJump: (id: number) => void;
}) {
  return (
    <>
      {props.day !== null && <div className={styles['day']}>{props.day}</div>}
      <MessageItem
        message={props.message}
        marks={props.marks}
        current={props.current}
        onReveal={props.onReveal}
        onJump={props.onJump}
      />
    </>
  );
}

function Edge({
  end,
  window,
  onLoad,
}: {
  readonly end: 'before' | 'after';
  readonly window: ConversationWindow;
  readonly onLoad: (end: 'before' | 'after') => Promise<void>;
}) {
  const { t } = useTranslation('archive');
  const more = end === 'before' ? window.moreBefore : window.moreAfter;
  if (!more) return <div className={styles['edge']}>{t(end === 'before' ? 'beginning' : 'end')}</div>;
  return (
    <div className={styles['edge']}>
      {window.failedEnd === end && window.error && (
        <p role="alert">
          {t('loadFailed')}
          <ErrorText error={window.error} />
        </p>
      )}
      <Button size="small" loading={window.loading === end} onClick={() => void onLoad(end)}>
        {t(end === 'before' ? 'loadBefore' : 'loadAfter')}
      </Button>
    </div>
  );
}

/** Keeps what the reader looks at in its place while messages are added above it, and goes to the focused message. */
function useScrollPosition(
  scroller: React.RefObject<HTMLDivElement | null>,
  { messages, moreAfter, loading }: ConversationWindow,
  focused: number | null,
): void {
  const anchor = useRef<{ id: string; top: number } | null>(null);
  const placed = useRef<string | null>(null);
  const ready = loading !== 'first' && messages.length > 0;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !ready) {
      placed.current = null;
      return;
    }
    const key = String(focused);
    if (placed.current !== key) {
      const target = focused === null ? null : element.querySelector(`[data-message="${focused}"]`);
      // Its window is on the way.
      if (focused !== null && !target) return;
      placed.current = key;
      // In a long message the words that were searched for, not its middle.
      if (target) (target.querySelector('[data-hit]') ?? target).scrollIntoView({ block: 'center' });
      else if (!moreAfter) element.scrollTo({ top: element.scrollHeight });
      return;
    }
    const held = anchor.current;
    const kept = held && element.querySelector(`[data-message="${held.id}"]`);
    if (kept) element.scrollBy({ top: kept.getBoundingClientRect().top - held.top });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the messages are what it measures
  }, [scroller, messages, moreAfter, ready, focused]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const remember = () => {
      const top = element.getBoundingClientRect().top;
      for (const child of element.querySelectorAll<HTMLElement>('[data-message]')) {
        const box = child.getBoundingClientRect();
        if (box.bottom < top) continue;
        anchor.current = { id: child.dataset['message'] ?? '', top: box.top };
        break;
      }
    };
    remember();
    element.addEventListener('scroll', remember, { passive: true });
    return () => element.removeEventListener('scroll', remember);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the messages are what it measures
  }, [scroller, ready, messages]);
}
