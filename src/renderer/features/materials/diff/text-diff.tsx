import { Button } from 'antd';
import { type ReactNode, memo, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { DiffRow, Span, TextDiff } from '../../../../core/features/reviews/diff/contract.ts';
import styles from './diff.module.css';
import { type ShownRow, foldRows } from './folded-rows.ts';
import { FormattingNotes } from './formatting-notes.tsx';

export type DiffMode = 'inline' | 'side-by-side';

/** One text against another, paragraph by paragraph: what was removed and added inside each, what moved where. */
export function TextDiffView({
  diff,
  old,
  current,
  mode,
}: {
  readonly diff: TextDiff;
  readonly old: string;
  readonly current: string;
  readonly mode: DiffMode;
}) {
  const { t } = useTranslation('diff');
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const all = useMemo(() => foldRows(diff.rows, opened), [diff.rows, opened]);
  const shown = useGrowing(all, mode);
  return (
    <div className={styles['text']} data-mode={mode}>
      {shown.map((entry) =>
        entry.kind === 'hidden' ? (
          <div key={`hidden ${entry.from}`} className={styles['hidden']}>
            <Button type="link" size="small" onClick={() => setOpened(new Set([...opened, entry.from]))}>
              {t('hidden', { count: entry.to - entry.from })}
            </Button>
          </div>
        ) : mode === 'inline' ? (
          <InlineRow key={entry.index} row={entry.row} old={old} current={current} />
        ) : (
          <SideRow key={entry.index} row={entry.row} old={old} current={current} />
        ),
      )}
    </div>
  );
}

/** Rows that are put on screen at once: more would hold the window up, and the first of them fill it. */
const rowsAtOnce = 16;

/** The first rows, and a few more with each frame; from the start again for other rows, or another way to show them. */
function useGrowing(rows: readonly ShownRow[], mode: DiffMode): readonly ShownRow[] {
  const [grown, setGrown] = useState({ rows, mode, count: rowsAtOnce });
  const count = grown.rows === rows && grown.mode === mode ? grown.count : rowsAtOnce;
  useEffect(() => {
    if (count >= rows.length) return undefined;
    const frame = requestAnimationFrame(() => setGrown({ rows, mode, count: count + rowsAtOnce }));
    return () => cancelAnimationFrame(frame);
  }, [rows, mode, count]);
  return rows.slice(0, count);
}

interface RowProps {
  readonly row: DiffRow;
  readonly old: string;
  readonly current: string;
}

const InlineRow = memo(function InlineRow({ row, old, current }: RowProps) {
  const changed = row.kind !== 'same';
  return (
    <div
      className={styles['row']}
      data-kind={row.kind}
      {...(changed ? { 'data-change': '', tabIndex: -1 } : {})}
    >
      <RowName row={row} />
      <p className={styles['paragraph']}>
        {row.kind === 'moved-from' ? (
          <Removed>{slice(old, row.old)}</Removed>
        ) : (
          row.spans.map((span) => (
            <SpanText key={keyOf(span)} span={span} old={old} current={current} side="both" />
          ))
        )}
      </p>
      <FormattingNotes changes={row.formatting} text={current} />
    </div>
  );
});

const SideRow = memo(function SideRow({ row, old, current }: RowProps) {
  const changed = row.kind !== 'same';
  return (
    <div
      className={styles['row']}
      data-kind={row.kind}
      {...(changed ? { 'data-change': '', tabIndex: -1 } : {})}
    >
      <RowName row={row} />
      <div className={styles['sides']}>
        <p className={styles['paragraph']}>
          {row.kind === 'moved-from' ? (
            <Removed>{slice(old, row.old)}</Removed>
          ) : (
            row.kind !== 'moved-to' &&
            row.spans.map((span) => (
              <SpanText key={keyOf(span)} span={span} old={old} current={current} side="old" />
            ))
          )}
        </p>
        <p className={styles['paragraph']}>
          {row.kind !== 'moved-from' &&
            row.spans.map((span) => (
              <SpanText key={keyOf(span)} span={span} old={old} current={current} side="new" />
            ))}
        </p>
      </div>
      <FormattingNotes changes={row.formatting} text={current} />
    </div>
  );
});

/** What became of the paragraph, where its spans don't say it. */
function RowName({ row }: { readonly row: DiffRow }) {
  const { t } = useTranslation('diff');
  const name =
    row.kind === 'moved-from' || row.kind === 'moved-to'
      ? t(`row.${row.kind}`, { number: (row.move ?? 0) + 1 })
      : row.kind === 'changed' && row.change !== 'text'
        ? t(`change.${row.change}`)
        : null;
  return name === null ? null : <span className={styles['name']}>{name}</span>;
}

function SpanText({
  span,
  old,
  current,
  side,
}: {
  readonly span: Span;
  readonly old: string;
  readonly current: string;
  readonly side: 'old' | 'new' | 'both';
}) {
  switch (span.kind) {
    case 'same':
      return side === 'old'
        ? old.slice(span.oldStart, span.oldEnd)
        : current.slice(span.newStart, span.newEnd);
    case 'removed':
      return side === 'new' ? null : <Removed>{old.slice(span.oldStart, span.oldEnd)}</Removed>;
    case 'added':
      return side === 'old' ? null : <Added>{current.slice(span.newStart, span.newEnd)}</Added>;
  }
}

// Colour alone says nothing to many readers: underlined and struck through as well, and named to screen readers.
function Removed({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('diff');
  return (
    <del>
      <span className="visually-hidden">{t('removedBegin')}</span>
      {children}
      <span className="visually-hidden">{t('removedEnd')}</span>
    </del>
  );
}

function Added({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('diff');
  return (
    <ins>
      <span className="visually-hidden">{t('addedBegin')}</span>
      {children}
      <span className="visually-hidden">{t('addedEnd')}</span>
    </ins>
  );
}

const keyOf = (span: Span) => `${span.kind} ${span.oldStart} ${span.newStart}`;
const slice = (text: string, place: { readonly start: number; readonly end: number } | null) =>
  place === null ? '' : text.slice(place.start, place.end);
