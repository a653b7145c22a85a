import { useEffect } from 'react';

/** Has the browser ask before the window is closed or loaded anew, for as long as something would be lost by it. */
export function useHeldWindow(when: boolean): void {
  useEffect(() => {
    if (!when) return undefined;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, [when]);
}
