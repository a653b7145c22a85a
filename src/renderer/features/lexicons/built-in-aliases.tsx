import { Button, Input } from 'antd';
import {
  type KeyboardEvent,
  memo,
  useCallback,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';

import type { LexiconSettings } from '../../../core/features/screening/rules/model.ts';
import { useProcedure } from '../../api/hooks.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { Loading } from '../../components/Loading.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { nextIndex } from '../../components/next-index.ts';
import own from './built-in-aliases.module.css';
import { type FormGroup, countForms, formGroups, groupsWith, withForm } from './built-in-forms.ts';
import styles from './lexicons.module.css';
import { useKeptFocus } from './use-kept-focus.ts';

type Aliases = LexiconSettings['aliasesOff'];

/** The built-in aliases, of which a lexicon can do without those that find innocent text. */
export function BuiltInAliases({
  isFoldOn,
  off,
  editable,
  onChange,
}: {
  /** Whether the lexicon's entries have the fold that the table is for. */
  readonly isFoldOn: boolean;
  readonly off: Readonly<Aliases>;
  readonly editable: boolean;
  readonly onChange: (off: Aliases) => void;
}) {
  const { t } = useTranslation('rules');
  const [open, setOpen] = useState(false);
  const tableId = useId();
  const count = countForms(off);
  // An unknown form is gone once it is on, and so is the button that switches all on.
  const opener = useKeptFocus<HTMLButtonElement>(count);
  return (
    <section aria-labelledby="settings-built-in">
      <h3 id="settings-built-in">{t('builtIn.title')}</h3>
      <p className={styles['quiet']}>{t('builtIn.hint')}</p>
      {!isFoldOn && <p>{t('builtIn.foldOff')}</p>}
      <div className={styles['bar']}>
        <Button
          ref={opener}
          size="small"
          aria-expanded={open}
          aria-controls={open ? tableId : undefined}
          onClick={() => setOpen(!open)}
        >
          {t(open ? 'builtIn.close' : 'builtIn.open')}
        </Button>
        <span className={styles['quiet']} role="status">
          {count === 0 ? t('builtIn.noneOff') : t('builtIn.off', { count })}
        </span>
        {editable && count > 0 && (
          <Button size="small" onClick={() => onChange([])}>
            {t('builtIn.reset')}
          </Button>
        )}
      </div>
      {open ? (
        <div id={tableId}>
          <Table off={off} editable={editable} onChange={onChange} />
        </div>
      ) : (
        count > 0 && (
          <dl className={own['formsOff']}>
            {off.map(({ target, written }) => (
              <div key={target}>
                <dt>
                  <OutsideText text={target} />
                </dt>
                <dd>
                  <OutsideText text={written.join(t('common:listSeparator'))} />
                </dd>
              </div>
            ))}
          </dl>
        )
      )}
    </section>
  );
}

function Table({
  off,
  editable,
  onChange,
}: {
  readonly off: Readonly<Aliases>;
  readonly editable: boolean;
  readonly onChange: (off: Aliases) => void;
}) {
  const { t } = useTranslation('rules');
  const [typed, find] = useState('');
  const table = useProcedure('lexicons.builtInAliases', {}, { staleTime: Infinity });
  const groups = useMemo(() => formGroups(table.data ?? [], off), [table.data, off]);
  const shown = groupsWith(groups, typed);
  const latest = useRef({ off, onChange });
  useLayoutEffect(() => {
    latest.current = { off, onChange };
  });
  // Stays the same: one switch draws its own word again, not all of them.
  const onSwitch = useCallback((target: string, form: string, isOff: boolean) => {
    latest.current.onChange(withForm(latest.current.off, target, form, isOff));
  }, []);
  if (table.data === undefined)
    return table.error === null ? <Loading /> : <ErrorAlert error={table.error} />;
  return (
    <>
      <div className={own['formsFind']}>
        <Input
          type="search"
          className={styles['find'] ?? ''}
          aria-label={t('builtIn.find')}
          placeholder={t('builtIn.find')}
          value={typed}
          onChange={(event) => find(event.target.value)}
          // Whoever looks for something does not mean to save the settings.
          onPressEnter={(event) => event.preventDefault()}
        />
        <span className={styles['quiet']} role="status">
          {t('builtIn.shown', {
            count: shown.reduce((sum, { forms }) => sum + forms.length, 0),
            words: t('builtIn.words', { count: shown.length }),
          })}
        </span>
        {editable && <span className={styles['quiet']}>{t('builtIn.keys')}</span>}
      </div>
      <ul className={own['formGroups']} aria-label={t('builtIn.title')}>
        {shown.map((group) => (
          <Group key={group.target} group={group} editable={editable} onSwitch={onSwitch} />
        ))}
      </ul>
    </>
  );
}

interface GroupProps {
  readonly group: FormGroup;
  readonly editable: boolean;
  /** Stays the same function. */
  readonly onSwitch: (target: string, form: string, isOff: boolean) => void;
}

const Group = memo(
  DrawnGroup,
  (one, other) =>
    one.editable === other.editable &&
    one.onSwitch === other.onSwitch &&
    JSON.stringify(one.group) === JSON.stringify(other.group),
);

function DrawnGroup({ group: { target, forms }, editable, onSwitch }: GroupProps) {
  const { t } = useTranslation('rules');
  const box = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const stop = Math.min(current, forms.length - 1);
  const move = (event: KeyboardEvent) => {
    const key = { ArrowRight: 'ArrowDown', ArrowLeft: 'ArrowUp' }[event.key] ?? event.key;
    const next = nextIndex(key, stop, forms.length, forms.length);
    if (next === null) return;
    event.preventDefault();
    box.current?.querySelectorAll('input')[next]?.focus();
  };
  return (
    <li className={own['formGroup']}>
      <span className={own['formTarget']}>
        <OutsideText text={target} />
      </span>
      <div ref={box} role="group" aria-label={t('builtIn.formsOf', { target })} className={own['forms']}>
        {forms.map(({ form, isOff, isUnknown }, index) => (
          <label key={form} className={own['form']} data-off={isOff || undefined}>
            <input
              type="checkbox"
              // One stop for Tab in each word, or there were hundreds; the arrow keys go on from it.
              tabIndex={index === stop ? 0 : -1}
              checked={!isOff}
              disabled={!editable}
              onKeyDown={move}
              onFocus={() => setCurrent(index)}
              onChange={(event) => onSwitch(target, form, !event.target.checked)}
            />
            <OutsideText text={form} />
            {isUnknown && <span className={own['formNote']}>{t('builtIn.unknown')}</span>}
          </label>
        ))}
      </div>
    </li>
  );
}
