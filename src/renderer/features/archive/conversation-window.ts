import { useCallback, useEffect, useRef, useState } from 'react';

import { type ApiError, invoke, toApiError } from '../../api/client.ts';
import type { Message } from './message-item.tsx';

type MessageId = Message['id'];

export interface ConversationWindow {
  readonly messages: readonly Message[];
  readonly moreBefore: boolean;
  readonly moreAfter: boolean;
  readonly loading: 'first' | 'before' | 'after' | null;
  readonly error: ApiError | null;
  /** The end that could not be loaded, when there are messages to show all the same. */
  readonly failedEnd: 'before' | 'after' | null;
}

const pageSize = 100;
/** More than this many messages are never kept: the far end is let go when the other grows. */
const mostKept = 500;

const empty: ConversationWindow = {
  messages: [],
  moreBefore: false,
  moreAfter: false,
  loading: 'first',
  error: null,
  failedEnd: null,
};

/** A stretch of a conversation that grows at both ends as the reader comes near them. */
export function useConversationWindow(conversationId: number, around: number | null) {
  const [window, setWindow] = useState<ConversationWindow>(empty);
  const [attempt, setAttempt] = useState(0);
  const busy = useRef(false);
  const latest = useRef(window);
  useEffect(() => {
    latest.current = window;
  }, [window]);

  useEffect(() => {
    let wanted = true;
    // A message that is loaded already needs no new window; the list only scrolls to it.
    if (around !== null && latest.current.messages.some((message) => message.id === around)) {
      if (latest.current.messages[0]?.conversationId === conversationId) return;
    }
    const load = async () => {
      busy.current = true;
      setWindow(empty);
      const next = await firstWindow(conversationId, around);
      if (!wanted) return;
      busy.current = false;
      setWindow(next);
    };
    void load();
    return () => {
      wanted = false;
      busy.current = false;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- `attempt` counts retries
  }, [conversationId, around, attempt]);

  const grow = useCallback(
    async (end: 'before' | 'after') => {
      const { moreBefore, moreAfter } = latest.current;
      const edge = heldAt(latest.current, end);
      const more = end === 'before' ? moreBefore : moreAfter;
      if (busy.current || !more || edge === undefined) return;
      busy.current = true;
      setWindow((current) => ({ ...current, loading: end, error: null, failedEnd: null }));
      try {
        const page = await invoke('archive.messages', { conversationId, [end]: edge, limit: pageSize });
        setWindow((current) => joined(current, page, end, edge));
      } catch (thrown) {
        setWindow((current) =>
          heldAt(current, end) === edge
            ? { ...current, loading: null, error: toApiError(thrown), failedEnd: end }
            : current,
        );
      } finally {
        busy.current = false;
      }
    },
    [conversationId],
  );

  return { window, grow, retry: () => setAttempt((count) => count + 1) };
}

async function firstWindow(conversationId: number, around: number | null): Promise<ConversationWindow> {
  try {
    const page = await invoke('archive.messages', { conversationId, around, limit: pageSize });
    return { ...page, loading: null, error: null, failedEnd: null };
  } catch (thrown) {
    return { ...empty, loading: null, error: toApiError(thrown) };
  }
}

function heldAt(window: ConversationWindow, end: 'before' | 'after'): MessageId | undefined {
  return (end === 'before' ? window.messages[0] : window.messages.at(-1))?.id;
}

function joined(
  current: ConversationWindow,
  page: { messages: readonly Message[]; moreBefore: boolean; moreAfter: boolean },
  end: 'before' | 'after',
  edge: MessageId,
): ConversationWindow {
  // The window was replaced while the page was under way.
  if (heldAt(current, end) !== edge) return current;
  const known = new Set(current.messages.map((message) => message.id));
  const fresh = page.messages.filter((message) => !known.has(message.id));
  const all = end === 'before' ? [...fresh, ...current.messages] : [...current.messages, ...fresh];
  const cut = all.length > mostKept;
  const settled = { loading: null, error: null, failedEnd: null };
  return end === 'before'
    ? {
        ...settled,
        messages: all.slice(0, mostKept),
        moreBefore: page.moreBefore,
        moreAfter: current.moreAfter || cut,
      }
    : {
        ...settled,
        messages: all.slice(-mostKept),
        moreBefore: current.moreBefore || cut,
        moreAfter: page.moreAfter,
      };
}
