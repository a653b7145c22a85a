import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { invoke } from '../../api/client.ts';
import { setSessionState } from '../../api/session.ts';

const minute = 60_000;
const activities = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;
/** Other windows of the same browser share the session: one at work keeps the others from locking it. */
const storageKey = 'countersign.activity';

/** Locks the session for this user now: the screen first, then the host. */
export function useLock(): () => void {
  const client = useQueryClient();
  return () => {
    invoke('users.lock', {}).then(
      () => setSessionState(client, 'locked'),
      // Without an answer the screen is covered all the same; the host's own idle clock runs on.
      () => setSessionState(client, 'locked'),
    );
  };
}

/**
 * Tells the host of the person's activity, at most once a minute, and locks after `idleLockAfter` without any. The host
 * keeps its own clock, so a shorter setting than a minute's rhythm allows is told more often.
 */
export function useIdleLock(idleLockAfter: number, enabled: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!enabled) return undefined;
    const touchEvery = Math.min(minute, idleLockAfter / 3);
    let lastActivity = Date.now();
    let lastTouch = lastActivity;

    const idleSince = () => Math.max(lastActivity, Number(localStorage.getItem(storageKey) ?? 0));
    const lock = () => {
      setSessionState(client, 'locked');
      invoke('users.lock', {}).catch(() => undefined);
    };
    const check = () => {
      if (Date.now() - idleSince() >= idleLockAfter) lock();
    };
    const noteActivity = () => {
      const now = Date.now();
      // The first key after a night's sleep is no activity of the day before.
      if (now - idleSince() >= idleLockAfter) {
        lock();
        return;
      }
      lastActivity = now;
      if (now - lastTouch < touchEvery) return;
      lastTouch = now;
      localStorage.setItem(storageKey, String(now));
      invoke('users.touch', {}).catch(() => undefined);
    };

    localStorage.setItem(storageKey, String(lastActivity));
    const timer = window.setInterval(check, Math.min(5_000, idleLockAfter / 4));
    document.addEventListener('visibilitychange', check);
    for (const activity of activities) window.addEventListener(activity, noteActivity, { passive: true });
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', check);
      for (const activity of activities) window.removeEventListener(activity, noteActivity);
    };
  }, [client, idleLockAfter, enabled]);
}
