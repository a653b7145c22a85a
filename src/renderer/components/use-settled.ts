import { useEffect, useState } from 'react';

/** Between two letters of a quick typist; an input method's half-typed letters pass within it too. */
const typingPause = 250;

/** The value once it has stayed the same for a moment: what is asked of the host while somebody types. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(value), typingPause);
    return () => window.clearTimeout(timer);
  }, [value]);
  return settled;
}
