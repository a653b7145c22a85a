import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './lexicons.module.css';

export type Changes = NonNullable<ProcedureOutput<'lexicons.settingsChanges'>>;
type NamedForms = Changes['aliases']['added'];

/** The tables of the settings, with the words for what is added to each and removed from it. */
const tables = [
  { key: 'aliases', title: 'rules:aliases.title', added: 'added', removed: 'removed', count: 'instead' },
  {
    key: 'aliasesOff',
    title: 'rules:builtIn.title',
    added: 'formsOff',
    removed: 'formsOn',
    count: 'offInstead',
  },
  {
    key: 'components',
    title: 'rules:components.title',
    added: 'added',
    removed: 'removed',
    count: 'instead',
  },
] as const;

/** What changes in a lexicon's settings, by their parts; parts without a change are left out. */
export function SettingsChanges({ changes }: { readonly changes: Changes }) {
  const { t } = useTranslation('lexicons');
  const format = useFormat();
  const { folds } = changes;
  const foldNames = (names: typeof folds.on) =>
    names.map((fold) => t(`rules:fold.${fold}.name`)).join(t('common:listSeparator'));
  return (
    <dl className={styles['changes']}>
      {folds.on.length + folds.off.length > 0 && (
        <div>
          <dt>{t('rules:settings.folds')}</dt>
          {folds.on.length > 0 && <Line label={t('settingsChanges.foldsOn')}>{foldNames(folds.on)}</Line>}
          {folds.off.length > 0 && <Line label={t('settingsChanges.foldsOff')}>{foldNames(folds.off)}</Line>}
        </div>
      )}
      {tables.map(({ key, title, added, removed, count }) => {
        const table = changes[key];
        if (table.added.count + table.removed.count === 0) return null;
        return (
          <div key={key}>
            <dt>
              {t(title)}
              {table.before !== table.after && (
                <span className={styles['quiet']}>
                  {t(`settingsChanges.${count}`, {
                    before: format.number(table.before),
                    after: format.number(table.after),
                  })}
                </span>
              )}
            </dt>
            <Forms label={t(`settingsChanges.${added}`)} forms={table.added} />
            <Forms label={t(`settingsChanges.${removed}`)} forms={table.removed} />
          </div>
        );
      })}
    </dl>
  );
}

function Line({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <dd>
      <span className={styles['quiet']}>{label}</span> {children}
    </dd>
  );
}

/** The first forms by name, and how many more there are. */
function Forms({ label, forms: { count, first } }: { readonly label: string; readonly forms: NamedForms }) {
  const { t } = useTranslation('lexicons');
  const format = useFormat();
  if (count === 0) return null;
  const rest = count - first.length;
  return (
    <Line label={label}>
      {first.map(({ written, read }, index) => (
        <span key={`${written} → ${read}`} className={styles['changedForm']}>
          <OutsideText text={written} />
          {' → '}
          <OutsideText text={read} />
          {index < first.length - 1 && t('common:listSeparator')}
        </span>
      ))}
      {rest > 0 && ` ${t('settingsChanges.more', { count: rest, number: format.number(rest) })}`}
    </Line>
  );
}
