import { type RefObject, useLayoutEffect, useRef } from 'react';

const isFocusNowhere = () => document.activeElement === null || document.activeElement === document.body;

/**
 * For a list whose lines have a button that removes them: what the focus goes to where it was lost with the line. The next
 * line takes over the place of a removed one, and its focus; behind the last one there is only what this refers to.
 */
export function useKeptFocus<Element extends HTMLElement>(length: number): RefObject<Element | null> {
  const rest = useRef<Element>(null);
  const before = useRef(length);
  // Asked for while rendering: lines that others removed take no focus away that was nowhere.
  const hadFocus = !isFocusNowhere();
  useLayoutEffect(() => {
    const fewer = length < before.current;
    before.current = length;
    if (fewer && hadFocus && isFocusNowhere()) rest.current?.focus();
  }, [length, hadFocus]);
  return rest;
}
