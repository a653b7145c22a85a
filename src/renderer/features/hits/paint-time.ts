import { useEffect, useLayoutEffect, useRef } from 'react';

/** The name of the measures that this leaves in the browser's performance timeline, read by the browser suite. */
export const paintMeasure = 'triage-key-to-paint';

/**
 * Measures from the key's own time stamp to the moment after the frame that shows its effect was painted. `shown`
 * changes with what a key changes on screen.
 */
export function usePaintTime(shown: string): void {
  const pressedAt = useRef<number | null>(null);
  useEffect(() => {
    const note = (event: KeyboardEvent) => {
      pressedAt.current = event.timeStamp;
    };
    window.addEventListener('keydown', note, { capture: true });
    return () => window.removeEventListener('keydown', note, { capture: true });
  }, []);
  useLayoutEffect(() => {
    const start = pressedAt.current;
    pressedAt.current = null;
    if (start === null) return;
    requestAnimationFrame(() => {
      // The frame's callbacks run before its paint; a message queued in one is delivered after it.
      const channel = new MessageChannel();
      channel.port1.addEventListener('message', () => {
        performance.measure(paintMeasure, { start });
        // A day's work would keep tens of thousands of measures.
        if (performance.getEntriesByName(paintMeasure).length > 1000) performance.clearMeasures(paintMeasure);
        channel.port1.close();
      });
      channel.port1.start();
      channel.port2.postMessage(null);
    });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- `shown` says when to measure
  }, [shown]);
}
