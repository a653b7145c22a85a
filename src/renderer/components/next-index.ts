/** Where a key leads from the current row; null for keys that don't move. */
export function nextIndex(
  key: string,
  current: number | null,
  page: number,
  rowCount: number,
): number | null {
  const end = rowCount - 1;
  const clamp = (index: number) => Math.max(0, Math.min(end, index));
  switch (key) {
    case 'ArrowDown':
      return current === null ? 0 : clamp(current + 1);
    case 'ArrowUp':
      return current === null ? end : clamp(current - 1);
    case 'PageDown':
      return clamp((current ?? 0) + page);
    case 'PageUp':
      return clamp((current ?? 0) - page);
    case 'Home':
      return 0;
    case 'End':
      return end;
    default:
      return null;
  }
}
