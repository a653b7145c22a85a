import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import {
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';

import { nextIndex } from './next-index.ts';
import styles from './VirtualTable.module.css';

export interface VirtualColumn<Row> {
  readonly id: string;
  readonly header: string;
  /** In pixels; the least width of a column that grows. */
  readonly width: number;
  /** Takes what width is left; a number: so many shares of it. */
  readonly grow?: boolean | number;
  readonly sortable?: boolean;
  readonly align?: 'start' | 'end';
  readonly render: (row: Row, index: number) => ReactNode;
}

export interface TableSort<Key extends string = string> {
  readonly by: Key;
  readonly descending: boolean;
}

export interface VirtualTableProps<Row> {
  /** What the table lists, for screen readers. */
  readonly label: string;
  readonly columns: readonly VirtualColumn<Row>[];
  readonly rowCount: number;
  /** Undefined while the row is on its way: a grey bar stands in its place. */
  readonly getRow: (index: number) => Row | undefined;
  /** The rows on screen, ends included: load them. Called when they change. */
  readonly onVisibleRange?: (first: number, last: number) => void;
  /** The current row; null before the first. */
  readonly selectedIndex: number | null;
  readonly onSelect: (index: number) => void;
  /** Enter or a double click on a row. */
  readonly onActivate?: (index: number) => void;
  readonly sort?: TableSort;
  readonly onSort?: (sort: TableSort) => void;
  readonly rowHeight?: number;
  /** Shown in place of rows when there are none. */
  readonly empty?: ReactNode;
  /** With another value the current row comes into sight again, after somebody scrolled away from it. */
  readonly shownFor?: string | null;
  /** For whoever gives the table the focus. */
  readonly grid?: RefObject<HTMLDivElement | null>;
}

const headerHeight = 33;
const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
// Rows come one by one from `getRow`, so that 100,000 of them cost nothing: TanStack Table keeps the columns only.
const noRows: never[] = [];

/** A grid over any number of rows of one height. The keyboard moves the current row; the focus stays on the grid. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { columns, rowCount, getRow, selectedIndex, onSelect, sort, rowHeight = 34 } = props;
  const id = useId();
  const own = useRef<HTMLDivElement>(null);
  const viewport = props.grid ?? own;

  const definitions = useMemo(
    () =>
      columns.map((column): ColumnDef<typeof features, Row & object> => ({
        id: column.id,
        size: column.width,
        minSize: 48,
      })),
    [columns],
  );
  const table = useTable({ features, columns: definitions, data: noRows, columnResizeMode: 'onChange' });
  const resized = table.state.columnSizing;
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const widths = columns.map((column) => {
    const own = resized[column.id];
    if (own !== undefined) return `${own}px`;
    return column.grow ? `minmax(${column.width}px, ${Number(column.grow)}fr)` : `${column.width}px`;
  });
  const gridTemplateColumns = widths.join(' ');
  const minWidth = columns.reduce((sum, column) => sum + (resized[column.id] ?? column.width), 0);

  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => viewport.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: headerHeight,
    scrollMargin: 0,
    useFlushSync: false,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  const tellRange = useEffectEvent(() => props.onVisibleRange?.(first, last));
  useEffect(() => {
    if (last >= first) tellRange();
  }, [first, last, rowCount]);

  const reveal = useEffectEvent((index: number) => {
    virtualizer.scrollToIndex(index, { align: 'auto' });
  });
  // The current row may be known before the rows are.
  const listed = selectedIndex !== null && selectedIndex < rowCount;
  useEffect(() => {
    if (selectedIndex !== null && listed) reveal(selectedIndex);
  }, [selectedIndex, listed, props.shownFor]);

  function handleKey(event: KeyboardEvent<HTMLDivElement>): void {
    // The sort buttons inside have keys of their own.
    if (event.target !== event.currentTarget || rowCount === 0) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && selectedIndex !== null) {
      event.preventDefault();
      props.onActivate?.(selectedIndex);
      return;
    }
    const page = Math.max(
      1,
      Math.floor(((viewport.current?.clientHeight ?? 0) - headerHeight) / rowHeight) - 1,
    );
    const next = nextIndex(event.key, selectedIndex, page, rowCount);
    if (next === null) return;
    event.preventDefault();
    onSelect(next);
  }

  return (
    <div
      ref={viewport}
      className={styles['viewport']}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      tabIndex={0}
      onKeyDown={handleKey}
      {...(selectedIndex !== null && selectedIndex >= first && selectedIndex <= last
        ? { 'aria-activedescendant': `${id}-${selectedIndex}` }
        : {})}
    >
      <div role="rowgroup" className={styles['header']} style={{ minWidth }}>
        <div role="row" aria-rowindex={1} style={{ display: 'grid', gridTemplateColumns }}>
          {columns.map((column, index) => (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={index + 1}
              className={`${styles['heading']} ${column.align === 'end' ? styles['end'] : ''}`}
              {...(column.sortable ? { 'aria-sort': ariaSort(column.id, sort) } : {})}
            >
              {column.sortable && props.onSort ? (
                <button
                  type="button"
                  className={styles['sort']}
                  onClick={() =>
                    props.onSort?.({
                      by: column.id,
                      descending: sort?.by === column.id ? !sort.descending : true,
                    })
                  }
                >
                  {column.header}
                  {sort?.by === column.id && (sort.descending ? <ArrowDownOutlined /> : <ArrowUpOutlined />)}
                </button>
              ) : (
                column.header
              )}
              <span
                className={styles['grip']}
                aria-hidden="true"
                onMouseDown={(event) => headers[index]?.getResizeHandler()(event)}
                onTouchStart={(event) => headers[index]?.getResizeHandler()(event)}
              />
            </div>
          ))}
        </div>
      </div>
      {rowCount === 0 && props.empty !== undefined ? (
        <div role="rowgroup">
          <div role="row">
            <div role="gridcell">{props.empty}</div>
          </div>
        </div>
      ) : (
        <div
          role="rowgroup"
          className={styles['body']}
          style={{ height: virtualizer.getTotalSize(), minWidth }}
        >
          {items.map((item) => {
            const row = getRow(item.index);
            return (
              // The grid handles the keys: a row is reached through aria-activedescendant, never by Tab.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
              <div
                key={item.key}
                id={`${id}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={item.index === selectedIndex}
                aria-busy={row === undefined}
                className={styles['row']}
                style={{ gridTemplateColumns, height: rowHeight, transform: `translateY(${item.start}px)` }}
                onClick={() => onSelect(item.index)}
                onDoubleClick={() => props.onActivate?.(item.index)}
              >
                {columns.map((column, index) => (
                  <div
                    key={column.id}
                    role="gridcell"
                    aria-colindex={index + 1}
                    className={`${styles['cell']} ${column.align === 'end' ? styles['end'] : ''}`}
                  >
                    {row === undefined ? (
                      <span className={styles['waiting']} />
                    ) : (
                      <span className={styles['text']}>{column.render(row, item.index)}</span>
                    )}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}

function ariaSort(column: string, sort: TableSort | undefined): 'ascending' | 'descending' | 'none' {
  if (sort?.by !== column) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}
