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
      const { messages, moreBefore, moreAfter } = latest.current;
      const edge: MessageId | undefined = (end === 'before' ? messages[0] : messages.at(-1))?.id;
      const more = end === 'before' ? moreBefore : moreAfter;
      if (busy.current || !more || edge === undefined) return;
      busy.current = true;
      setWindow((current) => ({ ...current, loading: end }));
      try {
        const page = await invoke('archive.messages', { conversationId, [end]: edge, limit: pageSize });
        setWindow((current) => joined(current, page, end, edge));
      } catch (thrown) {
        setWindow((current) => ({ ...current, loading: null, error: toApiError(thrown) }));
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
    return { ...page, loading: null, error: null };
  } catch (thrown) {
    return { ...empty, loading: null, error: toApiError(thrown) };
  }
}

function joined(
  current: ConversationWindow,
  page: { messages: readonly Message[]; moreBefore: boolean; moreAfter: boolean },
  end: 'before' | 'after',
  edge: MessageId,
): ConversationWindow {
  const held = end === 'before' ? current.messages[0]?.id : current.messages.at(-1)?.id;
  // The window was replaced while the page was under way.
  if (held !== edge) return current;
  const known = new Set(current.messages.map((message) => message.id));
  const fresh = page.messages.filter((message) => !known.has(message.id));
  const all = end === 'before' ? [...fresh, ...current.messages] : [...current.messages, ...fresh];
  const cut = all.length > mostKept;
  return end === 'before'
    ? {
        messages: all.slice(0, mostKept),
        moreBefore: page.moreBefore,
        moreAfter: current.moreAfter || cut,
        loading: null,
        error: null,
      }
    : {
        messages: all.slice(-mostKept),
        moreBefore: current.moreBefore || cut,
        moreAfter: page.moreAfter,
        loading: null,
        error: null,
      };
}
