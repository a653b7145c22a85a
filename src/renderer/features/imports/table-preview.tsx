import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import {
  type LiveCodeState,
  type TableField,
  type TaskState,
  feedTitles,
  liveCodeStates,
  tableFields,
  taskStates,
} from '../../../core/features/feeds/model.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { usePreferences } from '../../preferences.ts';
import { useFormat } from '../../use-format.ts';
import styles from './imports.module.css';

type Preview = ProcedureOutput<'feeds.previewTable'>;
type Sample = Preview['samples'][number];

/** The first rows of a table: each column with what it is taken for, each row with what it says. */
export function TablePreviewTable({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation('imports');
  const { language } = usePreferences();
  const format = useFormat();
  const { feed, header, columns, samples, rows, refusedTotal } = preview;
  const fieldOf = (name: string): TableField | undefined =>
    feed === null || name === '' ? undefined : tableFields[feed].find((field) => columns[field] === name);
  return (
    <>
      <p role="status">
        {feed === null
          ? t('preview.unknown', { rows: format.number(rows) })
          : t('preview.known', {
              kind: feedTitles[language][feed],
              rows: format.number(rows),
              refused: format.number(refusedTotal),
            })}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={t('preview.label')}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('quarantine.line')}</th>
              {header.map((name, index) => {
                const field = fieldOf(name);
                return (
                  // Headers may repeat.
                  // oxlint-disable-next-line react/no-array-index-key
                  <th key={index} scope="col">
                    <OutsideText text={name} />
                    <div className={styles['meaning']} data-used={field !== undefined || undefined}>
                      {field === undefined ? t('mapping.none') : t(`field.${field}`)}
                    </div>
                  </th>
                );
              })}
              {feed !== null && <th scope="col">{t('preview.says')}</th>}
            </tr>
          </thead>
          <tbody>
            {samples.map((sample) => (
              <tr key={sample.line}>
                <td className={styles['end']}>{format.number(sample.line)}</td>
                {header.map((_name, index) => (
                  // oxlint-disable-next-line react/no-array-index-key
                  <td key={index}>
                    <OutsideText text={sample.cells[index] ?? ''} />
                  </td>
                ))}
                {feed !== null && (
                  <td>
                    <Says sample={sample} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const states: ReadonlySet<string> = new Set([...liveCodeStates, ...taskStates]);

function isState(code: string | null): code is LiveCodeState | TaskState {
  return code !== null && states.has(code);
}

function Says({ sample }: { readonly sample: Sample }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  if (sample.refused !== null)
    return <span className={styles['fileError']}>{t(`reason.${sample.refused}`)}</span>;
  return sample.facts.map((fact, index) => (
    // oxlint-disable-next-line react/no-array-index-key
    <div key={index}>
      {[
        t(`fact.${fact.kind}`),
        fact.employee,
        fact.item,
        fact.taker,
        isState(fact.code) ? t(`state.${fact.code}`) : fact.code,
        fact.wholeDay ? format.date(fact.at) : format.dateTime(fact.at),
      ]
        .filter((part) => part !== null && part !== '')
        .join(' · ')}
    </div>
  ));
}
