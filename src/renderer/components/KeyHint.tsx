const isMac = navigator.platform.startsWith('Mac');

const symbols: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  enter: '↵',
  escape: 'Esc',
  space: 'Space',
};

/** Keys as they are written for `useShortcuts`: `j`, `mod+l`, `g h` (one after the other). */
export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <span aria-hidden="true" style={{ display: 'inline-flex', gap: 4, verticalAlign: 'middle' }}>
      {keys.split(/[ +]/).map((key, index) => (
        // The same key may stand twice (`g g`); the list never changes order.
        // oxlint-disable-next-line react/no-array-index-key
        <kbd key={index}>{symbols[key.toLowerCase()] ?? (key.length === 1 ? key.toUpperCase() : key)}</kbd>
      ))}
    </span>
  );
}
