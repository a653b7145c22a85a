import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { HandoverId } from '../../../../core/contract/ids.ts';
import {
  type ClassFigures,
  type HandoverClass,
  handoverClasses,
  outcomes,
} from '../../../../core/features/handovers/model.ts';
import { useFormat } from '../../../use-format.ts';
import { type RowFilter, type SheetPlace, sheetAddress } from '../paths.ts';
import { useWords } from '../use-words.ts';
import styles from './sheet.module.css';

const counted = ['opening', ...outcomes, 'conflicts', 'late'] as const satisfies readonly RowFilter[];
/** What a number asks of its reader; the others only say where things went. */
const urgent: ReadonlySet<RowFilter> = new Set(['unexplained', 'conflicts', 'late']);

/**
 * One line per class, as a balance: the opening is the sum of the outcomes to its right. Each number that isn't zero leads to
 * its rows.
 */
export function FiguresTable({
  id,
  figures,
  place,
}: {
  readonly id: HandoverId;
  readonly figures: Readonly<Record<HandoverClass, ClassFigures>>;
  readonly place: SheetPlace;
}) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const format = useFormat();
  return (
    <div className={styles['figuresFrame']}>
      <table className={styles['figures']} aria-label={t('sheet.figures')}>
        <thead>
          <tr>
            <th scope="col">{t('sheet.class')}</th>
            {counted.map((each) => (
              <th key={each} scope="col" data-column={each} title={t(`sheet.columnHint.${each}`)}>
                {words.figure[each]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {handoverClasses.map((each) => (
            <tr key={each}>
              <th scope="row">{words.class[each]}</th>
              {counted.map((column) => {
                const value = figures[each][column];
                const current = place.class === each && place.rows === column;
                const left = figures[each].unexplained - figures[each].explained;
                return (
                  <td
                    key={column}
                    data-column={column}
                    data-current={current || undefined}
                    data-urgent={(urgent.has(column) && value > 0) || undefined}
                  >
                    {value === 0 ? (
                      <span className={styles['zero']}>0</span>
                    ) : (
                      <Link
                        to={sheetAddress(id, { class: each, rows: column })}
                        aria-current={current ? 'true' : undefined}
                        aria-label={t('sheet.numberLabel', {
                          class: words.class[each],
                          column: words.figure[column],
                          number: format.number(value),
                        })}
                      >
                        {format.number(value)}
                      </Link>
                    )}
                    {column === 'unexplained' && figures[each].explained > 0 && (
                      <span className={styles['under']}>
                        {left === 0
                          ? t('sheet.allWritten')
                          : t('sheet.written', { number: format.number(figures[each].explained) })}
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
