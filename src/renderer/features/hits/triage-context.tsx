import { useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { MessageItem, type Message } from '../archive/message-item.tsx';
import type { HitDetail } from './hit-details.ts';
import { marksOf } from './marks.ts';
import styles from './triage.module.css';

interface TriageContextProps {
  readonly detail: HitDetail;
  readonly revealed: ReadonlyMap<Message['id'], Message>;
  readonly onReveal: ((message: Message) => void) | null;
  readonly onJump: (id: Message['id']) => void;
}

/** The conversation around a hit, scrolled so that the hit stands in the middle. */
export function TriageContext({ detail, revealed, onReveal, onJump }: TriageContextProps) {
  const { t } = useTranslation('hits');
  const scroller = useRef<HTMLDivElement>(null);
  const marks = useMemo(() => marksOf(detail), [detail]);
  const messages = detail.context.length > 0 ? detail.context : [detail.message];
  useLayoutEffect(() => {
    const element = scroller.current;
    const target =
      element?.querySelector('[data-current] [data-hit]') ?? element?.querySelector('[data-current]');
    if (!element || !target) return;
    // Not scrollIntoView, which would scroll the window too.
    const box = target.getBoundingClientRect();
    const outer = element.getBoundingClientRect();
    element.scrollTop += box.top - outer.top - (outer.height - box.height) / 2;
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- it scrolls once for each hit, not when a message is revealed
  }, [detail.hit.id]);
  return (
    <div
      ref={scroller}
      className={styles['context']}
      role="log"
      aria-live="off"
      aria-label={t('triage.context')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
      tabIndex={0}
    >
      {messages.map((message) => (
        <MessageItem
          key={message.id}
          message={revealed.get(message.id) ?? message}
          marks={marks.get(message.id)}
          current={message.id === detail.hit.messageId}
          onReveal={onReveal}
          onJump={onJump}
        />
      ))}
    </div>
  );
}
