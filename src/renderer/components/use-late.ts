import { useEffect, useState } from 'react';

/** Shorter waits pass without a word: a sign that comes and goes at once is only a flicker. */
const patience = 500;

/** True once something has been going on for a while. */
export function useLate(busy: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!busy) return undefined;
    const timer = window.setTimeout(() => setLate(true), patience);
    return () => {
      window.clearTimeout(timer);
      setLate(false);
    };
  }, [busy]);
  return busy && late;
}
