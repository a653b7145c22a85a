import { Button } from 'antd';
import { Fragment, type ReactNode } from 'react';

import styles from './lexicons.module.css';
import { useKeptFocus } from './use-kept-focus.ts';

/** What a line of a list can do with itself. */
export interface LineActions<Item> {
  readonly replace: (item: Item) => void;
  readonly remove: () => void;
}

/** A list of which every item has fields of its own, and a button that adds one as long as there is room. */
export function ListEditor<Item>({
  items,
  most,
  add,
  newItem,
  onChange,
  children,
}: {
  readonly items: readonly Item[];
  readonly most: number;
  /** The words of the button. */
  readonly add: string;
  readonly newItem: () => Item;
  readonly onChange: (items: Item[]) => void;
  readonly children: (item: Item, index: number, actions: LineActions<Item>) => ReactNode;
}) {
  const addButton = useKeptFocus<HTMLButtonElement>(items.length);
  return (
    <>
      {items.map((item, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- lines that are edited have no identity but their place
        <Fragment key={index}>
          {children(item, index, {
            replace: (changed) => onChange(items.with(index, changed)),
            remove: () => onChange(items.toSpliced(index, 1)),
          })}
        </Fragment>
      ))}
      {items.length < most && (
        <Button
          ref={addButton}
          size="small"
          className={styles['addButton'] ?? ''}
          onClick={() => onChange([...items, newItem()])}
        >
          {add}
        </Button>
      )}
    </>
  );
}
