import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';

import styles from './virtual-list.module.css';

interface VirtualListProps {
  readonly label: string;
  readonly count: number;
  readonly rowHeight: number;
  /** The row that the keyboard is on; -1 for none. */
  readonly activeIndex: number;
  readonly onActive: (index: number) => void;
  /** Memoise what it renders: only the rows that change should cost anything. */
  readonly renderRow: (index: number, active: boolean) => ReactNode;
  /** The reader comes near the end of what is loaded. */
  readonly onNearEnd?: () => void;
  readonly onRange?: (first: number, last: number) => void;
  /** False where the screen's own keys move in it: a plain list then, whose current row is marked. */
  readonly keyboard?: boolean;
}

/** A list of any length of which only the visible rows exist; arrows, Page, Home and End move in it. */
export function VirtualList(props: VirtualListProps) {
  const {
    label,
    count,
    rowHeight,
    activeIndex,
    onActive,
    renderRow,
    onNearEnd,
    onRange,
    keyboard = true,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (activeIndex >= 0) virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
  }, [virtualizer, activeIndex]);
  useEffect(() => {
    if (count === 0) return;
    onRange?.(first, last);
    if (last >= count - 20) onNearEnd?.();
  }, [first, last, count, onRange, onNearEnd]);

  const move = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -count,
      End: count,
    };
    const step = steps[event.key];
    if (step === undefined || count === 0) return;
    event.preventDefault();
    onActive(Math.min(count - 1, Math.max(0, activeIndex + step)));
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role is a listbox or a list
    <div
      ref={scroller}
      className={styles['scroller']}
      role={keyboard ? 'listbox' : 'list'}
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
      tabIndex={0}
      {...(keyboard && activeIndex >= first && activeIndex <= last
        ? { 'aria-activedescendant': `${id}-${activeIndex}` }
        : {})}
      onKeyDown={keyboard ? move : undefined}
    >
      <div role="presentation" className={styles['content']} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => (
          // The list has the focus and the keys; a click is the mouse's way to the same.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus, jsx-a11y/no-static-element-interactions
          <div
            key={item.key}
            id={`${id}-${item.index}`}
            {...(keyboard
              ? { role: 'option', 'aria-selected': item.index === activeIndex }
              : { role: 'listitem', 'aria-current': item.index === activeIndex })}
            aria-posinset={item.index + 1}
            aria-setsize={count}
            className={styles['row']}
            style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
            onClick={() => onActive(item.index)}
          >
            {renderRow(item.index, item.index === activeIndex)}
          </div>
        ))}
      </div>
    </div>
  );
}
