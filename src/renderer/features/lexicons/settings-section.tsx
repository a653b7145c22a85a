import { Button, Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { foldNames } from '../../../core/features/screening/model.ts';
import type { LexiconSettings } from '../../../core/features/screening/rules/model.ts';
import { useMutate } from '../../api/hooks.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { ChangedMeanwhile, overtakenBy } from './changed-meanwhile.tsx';
import { markedWrong } from './field-error.tsx';
import { FoldChoices } from './fold-choices.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import styles from './lexicons.module.css';
import { PhrasesInput } from './phrases-input.tsx';

type Version = ProcedureOutput<'lexicons.versions'>[number];

/** Settings as somebody is changing them, and which state of them that began from. */
interface Edited {
  readonly revision: number;
  readonly settings: LexiconSettings;
}

/** The form's own: a button outside of it saves the settings as well. */
export const settingsFormId = 'lexicon-settings';

/** Of the words at the foot that send the reader to the marked fields. */
const errorId = 'settings-error';

/** More rows than these are reached by searching: a table of 5,000 fields would be slow, and nobody reads it. */
const mostRows = 50;

/** What holds for the whole version: its folds, and its tables of aliases and taken-apart characters. */
export function SettingsSection({
  version,
  editable,
  onUnsaved,
  onRefused,
}: {
  readonly version: Version;
  readonly editable: boolean;
  /** Stays the same function. */
  readonly onUnsaved: (unsaved: boolean) => void;
  /** They could not be saved; why is said at the foot. */
  readonly onRefused: () => void;
}) {
  const { t } = useTranslation('rules');
  const save = useMutate('lexicons.saveSettings', { toast: false });
  // Null while nothing is changed: what others save is shown then.
  const [edited, setEdited] = useState<Edited | null>(null);
  const [asked, setAsked] = useState(false);
  const [saved, setSaved] = useState(false);
  const settings = edited?.settings ?? version.settings;
  const changed =
    editable && edited !== null && JSON.stringify(edited.settings) !== JSON.stringify(version.settings);
  if (edited !== null && !changed) setEdited(null);
  useEffect(() => {
    onUnsaved(changed);
    return () => onUnsaved(false);
  }, [changed, onUnsaved]);
  const leaving = useBlocker(changed);
  const overtaken = changed ? overtakenBy(save.error) : null;
  const revert = () => {
    save.reset();
    setEdited(null);
  };
  const incomplete =
    settings.aliases.some(({ target, written }) => target.trim() === '' || written.length === 0) ||
    settings.components.some(({ character, parts }) => !isCharacter(character) || parts.length < 2);
  const set = (change: Partial<LexiconSettings>) => {
    setSaved(false);
    // The state that the first change was made to: what others save meanwhile must not pass for it.
    const revision = edited?.revision ?? version.settingsRevision;
    setEdited({ revision, settings: { ...settings, ...change } });
  };
  const submit = (revision: number) => {
    setAsked(true);
    if (incomplete) {
      onRefused();
      return;
    }
    save.mutate(
      { versionId: version.id, revision, settings },
      {
        onError: onRefused,
        onSuccess: ({ draft }) => {
          setSaved(true);
          // Shown until the version comes with it.
          setEdited(draft === null ? null : { revision: draft.settingsRevision, settings: draft.settings });
        },
      },
    );
  };
  return (
    <form
      id={settingsFormId}
      className={styles['settings']}
      onSubmit={(event) => {
        event.preventDefault();
        submit(edited?.revision ?? version.settingsRevision);
      }}
    >
      <div className={styles['settingsBody']}>
        {!editable && <p className={styles['notice']}>{t('settings.readOnly')}</p>}
        <section aria-labelledby="settings-folds">
          <h3 id="settings-folds">{t('settings.folds')}</h3>
          <p className={styles['quiet']}>{t('settings.foldsHint')}</p>
          <FoldChoices
            on={new Set(settings.folds)}
            disabled={!editable}
            onToggle={(fold, on) =>
              set({
                folds: foldNames.filter((name) => (name === fold ? on : settings.folds.includes(name))),
              })
            }
          />
        </section>
        <Aliases
          rows={settings.aliases}
          editable={editable}
          asked={asked}
          onChange={(aliases) => set({ aliases })}
        />
        <Components
          rows={settings.components}
          editable={editable}
          asked={asked}
          onChange={(components) => set({ components })}
        />
      </div>
      {editable && (
        <div className={styles['settingsFoot']}>
          <output aria-live="polite" className={styles['quiet']}>
            {changed ? t('settings.unsaved') : saved ? t('settings.saved') : ''}
          </output>
          {asked && incomplete && (
            <span id={errorId} className={styles['fieldError']} role="alert">
              {t('problem.fillIn')}
            </span>
          )}
          {overtaken === null ? (
            <ErrorAlert error={save.error} />
          ) : (
            <ChangedMeanwhile
              overtaken={overtaken}
              differences={[]}
              pending={save.isPending}
              onOverwrite={() => submit(overtaken.revision ?? version.settingsRevision)}
              onTake={revert}
            />
          )}
          <Button disabled={!changed} onClick={revert}>
            {t('settings.revert')}
          </Button>
          <Button type="primary" htmlType="submit" disabled={!changed} loading={save.isPending}>
            {t('common:save')}
          </Button>
        </div>
      )}
      {changed && leaving.state === 'blocked' && (
        <LeaveDialog hint={t('settings.unsaved')} onLeave={leaving.proceed} onStay={leaving.reset} />
      )}
    </form>
  );
}

/** One character as people count them: some are two UTF-16 units long. */
function isCharacter(text: string): boolean {
  return [...text].length === 1;
}

type Alias = LexiconSettings['aliases'][number];

function Aliases({
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
  const table = useShownRows(rows, ({ target, written }) => [target, ...written]);
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

function Components({
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
  const table = useShownRows(rows, ({ character, parts }) => [character, parts]);
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
    // oxlint-disable-next-line react/exhaustive-deps -- what a row's texts are never changes
  }, [rows, typed]);
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
        <Button size="small" onClick={onAdd}>
          {add}
        </Button>
      )}
    </div>
  );
}
