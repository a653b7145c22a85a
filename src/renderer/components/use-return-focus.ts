import { useEffect, useState } from 'react';

/**
 * For a dialog that is mounted when it opens and unmounted when it closes: the focus goes back to where it was. antd
 * gives it back only where the dialog stays mounted, and without it the keyboard would start from the page's top.
 */
export function useReturnFocus(): void {
  // Asked for while rendering: by the time an effect runs, the dialog may have taken the focus.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        // What the dialog led to may have taken the focus itself.
        const lost = document.activeElement === null || document.activeElement === document.body;
        if (lost && before instanceof HTMLElement && before.isConnected)
          before.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
