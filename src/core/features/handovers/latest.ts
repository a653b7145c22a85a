/** Keeps at most so many values by their keys; the one that was set or asked for longest ago goes first. */
export function createLatest<Value>(most: number) {
  const kept = new Map<string, Value>();
  return {
    get(key: string): Value | undefined {
      const value = kept.get(key);
      if (value !== undefined) this.set(key, value);
      return value;
    },
    set(key: string, value: Value): void {
      kept.delete(key);
      kept.set(key, value);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    },
  };
}
