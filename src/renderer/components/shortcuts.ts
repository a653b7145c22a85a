import { useEffectEvent, useLayoutEffect, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** One key (`j`, `?`, `ArrowDown`, `Space`), with modifiers (`mod+l`, `shift+Enter`), or two in a row (`g h`). */
  readonly keys: string;
  /** What it does, in the reader's language: listed under `?`. */
  readonly label: string;
  /** The heading it is listed under; without one, under the screen's own. */
  readonly group?: string;
  readonly run: () => void;
  readonly disabled?: boolean;
}

interface Registration {
  readonly list: () => readonly Shortcut[];
}

/** The second key of a pair must follow within this time: long enough to think, short enough to be forgotten. */
const pairTimeout = 1_500;

const registrations = new Set<Registration>();
const listeners = new Set<() => void>();
let snapshot: readonly Shortcut[] = [];
let suspended = 0;
let pending: { readonly key: string; readonly until: number } | null = null;

function refresh(): void {
  snapshot = [...registrations].flatMap((registration) => registration.list());
  for (const listener of listeners) listener();
}

/**
 * Listens for these keys while the component is mounted. Keys without a modifier stay with text fields, open menus and
 * dialogs when the focus is there. What was mounted last wins.
 */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const list = useEffectEvent(() => shortcuts);
  const labels = shortcuts
    .map((shortcut) => `${shortcut.keys}:${shortcut.label}:${shortcut.disabled}`)
    .join('\n');
  // With the screen itself, not a task after it: a key may follow as soon as it is seen.
  useLayoutEffect(() => {
    const registration: Registration = { list: () => list() };
    registrations.add(registration);
    refresh();
    return () => {
      registrations.delete(registration);
      refresh();
    };
    // Registered again when what the list shows has changed, not at every render.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [labels]);
}

/** Every shortcut that works now, for the list under `?`. */
export function useShortcutList(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
  );
}

/** Turns all shortcuts off while `when` holds: behind the lock no key may act. */
export function useSuspendedShortcuts(when: boolean): void {
  useLayoutEffect(() => {
    if (!when) return undefined;
    suspended += 1;
    return () => {
      suspended -= 1;
    };
  }, [when]);
}

function keyOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const modifiers = [];
  if (event.ctrlKey || event.metaKey) modifiers.push('mod');
  if (event.altKey) modifiers.push('alt');
  // The shift of `?` is part of the character; of a letter or a named key it is a modifier.
  if (event.shiftKey && (/^[a-z]$/.test(key) || key.length > 1)) modifiers.push('shift');
  return [...modifiers, key].join('+');
}

// Nobody types into a radio button or a checkbox; their own keys are arrows and Space.
const typing =
  'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"], [role="combobox"], [role="menu"], [role="dialog"]';
/** What Space and Enter press when it has the focus. */
const pressable =
  'button, a[href], summary, input[type="radio"], input[type="checkbox"], [role="button"], [role="tab"], [role="switch"]';

function handleKey(event: KeyboardEvent): void {
  if (suspended > 0 || event.defaultPrevented || event.isComposing || event.key === 'Shift') return;
  const key = keyOf(event);
  const inField = event.target instanceof Element && event.target.closest(typing) !== null;
  if (inField && !key.startsWith('mod+')) return;
  const presses = key === 'space' || key === 'enter';
  if (presses && event.target instanceof Element && event.target.closest(pressable) !== null) return;

  const started = pending !== null && event.timeStamp < pending.until ? `${pending.key} ${key}` : null;
  pending = null;
  const all = [...registrations].toReversed().flatMap((registration) => registration.list());
  const usable = all.filter((shortcut) => !shortcut.disabled);
  const found =
    usable.find((shortcut) => shortcut.keys.toLowerCase() === started) ??
    usable.find((shortcut) => shortcut.keys.toLowerCase() === key);
  if (found) {
    event.preventDefault();
    found.run();
  } else if (usable.some((shortcut) => shortcut.keys.toLowerCase().startsWith(`${key} `))) {
    event.preventDefault();
    pending = { key, until: event.timeStamp + pairTimeout };
  }
}

window.addEventListener('keydown', handleKey);
