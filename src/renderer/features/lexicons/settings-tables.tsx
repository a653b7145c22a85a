import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { LexiconSettings } from '../../../core/features/screening/rules/model.ts';
import { markedWrong } from './field-error.tsx';
import styles from './lexicons.module.css';
import { PhrasesInput } from './phrases-input.tsx';
import { useKeptFocus } from './use-kept-focus.ts';

/** Of the words at the foot that send the reader to the marked fields. */
export const errorId = 'settings-error';

/** More rows than these are reached by searching: a table of 5,000 fields would be slow, and nobody reads it. */
const mostRows = 50;

/** One character as people count them: some are two UTF-16 units long. */
export function isCharacter(text: string): boolean {
  return [...text].length === 1;
}

type Alias = LexiconSettings['aliases'][number];

/** The lexicon's own aliases, a row for each word. */
export function AliasRows({
  rows,
  editable,
  asked,
  onChange,
}: {
  readonly rows: readonly Alias[];
  readonly editable: boolean;
  readonly asked: boolean;
  readonly onChange: (rows: Alias[]) => void;
}) {
  const { t } = useTranslation('rules');
  const table = useShownRows(rows, textsOfAlias);
  return (
    <section aria-labelledby="settings-aliases">
      <h3 id="settings-aliases">{t('aliases.title')}</h3>
      <p className={styles['quiet']}>{t('aliases.hint')}</p>
      <TableTools
        label={t('aliases.find')}
        table={table}
        {...(editable && rows.length < 2000
          ? { add: t('aliases.add'), onAdd: () => onChange([{ target: '', written: [] }, ...rows]) }
          : {})}
      />
      {rows.length > 0 && (
        <ul className={styles['rows']}>
          {table.shown.map(({ row, index }) => (
            <li key={index} className={styles['aliasRow']}>
              <Input
                aria-label={t('aliases.target')}
                placeholder={t('aliases.target')}
                maxLength={200}
                readOnly={!editable}
                value={row.target}
                {...markedWrong(asked && row.target.trim() === '' ? errorId : undefined)}
                onChange={(event) => onChange(rows.with(index, { ...row, target: event.target.value }))}
              />
              {editable ? (
                <>
                  <PhrasesInput
                    label={t('aliases.writtenOf', { target: row.target })}
                    placeholder={t('aliases.written')}
                    value={row.written}
                    errorId={asked && row.written.length === 0 ? errorId : undefined}
                    onChange={(written) => onChange(rows.with(index, { ...row, written }))}
                  />
                  <Button
                    type="text"
                    aria-label={t('aliases.remove', { target: row.target })}
                    onClick={() => onChange(rows.toSpliced(index, 1))}
                  >
                    {t('common:remove')}
                  </Button>
                </>
              ) : (
                <span>{row.written.join(t('common:listSeparator'))}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

type Component = LexiconSettings['components'][number];

/** The lexicon's own characters that are taken apart, a row for each. */
export function ComponentRows({
  rows,
  editable,
  asked,
  onChange,
}: {
  readonly rows: readonly Component[];
  readonly editable: boolean;
  readonly asked: boolean;
  readonly onChange: (rows: Component[]) => void;
}) {
  const { t } = useTranslation('rules');
  const table = useShownRows(rows, textsOfComponent);
  return (
    <section aria-labelledby="settings-components">
      <h3 id="settings-components">{t('components.title')}</h3>
      <p className={styles['quiet']}>{t('components.hint')}</p>
      <TableTools
        label={t('components.find')}
        table={table}
        {...(editable && rows.length < 5000
          ? { add: t('components.add'), onAdd: () => onChange([{ character: '', parts: '' }, ...rows]) }
          : {})}
      />
      {rows.length > 0 && (
        <ul className={styles['rows']}>
          {table.shown.map(({ row, index }) => (
            <li key={index} className={styles['componentRow']}>
              <Input
                aria-label={t('components.character')}
                placeholder="保"
                // An input method's letters may be more while they are typed: the browser counts what comes of them.
                maxLength={2}
                readOnly={!editable}
                value={row.character}
                {...markedWrong(asked && !isCharacter(row.character) ? errorId : undefined)}
                onChange={(event) => onChange(rows.with(index, { ...row, character: event.target.value }))}
              />
              <Input
                aria-label={t('components.partsOf', { character: row.character })}
                placeholder="亻呆"
                maxLength={20}
                readOnly={!editable}
                value={row.parts}
                {...markedWrong(asked && row.parts.length < 2 ? errorId : undefined)}
                onChange={(event) => onChange(rows.with(index, { ...row, parts: event.target.value }))}
              />
              {editable && (
                <Button
                  type="text"
                  aria-label={t('components.remove', { character: row.character })}
                  onClick={() => onChange(rows.toSpliced(index, 1))}
                >
                  {t('common:remove')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface ShownRows<Row> {
  readonly shown: readonly { readonly row: Row; readonly index: number }[];
  readonly matching: number;
  readonly total: number;
  readonly typed: string;
  readonly find: (typed: string) => void;
}

const textsOfAlias = ({ target, written }: Alias) => [target, ...written];
const textsOfComponent = ({ character, parts }: Component) => [character, parts];

/** The rows that match what is looked for, the first ones of them, each with its place in the whole table. */
function useShownRows<Row>(rows: readonly Row[], textsOf: (row: Row) => readonly string[]): ShownRows<Row> {
  const [typed, find] = useState('');
  return useMemo(() => {
    const wanted = typed.trim();
    const matching = rows
      .map((row, index) => ({ row, index }))
      // A row that is being filled in stays in sight.
      .filter(({ row }) => textsOf(row).some((text) => text === '' || text.includes(wanted)));
    return { shown: matching.slice(0, mostRows), matching: matching.length, total: rows.length, typed, find };
  }, [rows, textsOf, typed]);
}

function TableTools({
  label,
  table,
  add,
  onAdd,
}: {
  readonly label: string;
  readonly table: ShownRows<unknown>;
  readonly add?: string;
  readonly onAdd?: () => void;
}) {
  const { t } = useTranslation('rules');
  const addButton = useKeptFocus<HTMLButtonElement>(table.total);
  return (
    <div className={styles['bar']}>
      {table.total > 10 && (
        <Input
          type="search"
          className={styles['find'] ?? ''}
          aria-label={label}
          placeholder={label}
          value={table.typed}
          onChange={(event) => table.find(event.target.value)}
        />
      )}
      <span className={styles['quiet']} role="status">
        {table.shown.length < table.matching
          ? t('settings.rowsOf', { shown: table.shown.length, count: table.matching })
          : t('settings.rows', { count: table.matching })}
      </span>
      {add !== undefined && (
        <Button ref={addButton} size="small" onClick={onAdd}>
          {add}
        </Button>
      )}
    </div>
  );
}
