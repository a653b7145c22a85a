import { CheckOutlined } from '@ant-design/icons';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { whySentence } from '../../../../core/features/handovers/sheet/model.ts';
import { OutsideText } from '../../../components/OutsideText.tsx';
import tags from '../../../components/Tags.module.css';
import type { VirtualColumn } from '../../../components/VirtualTable.tsx';
import { usePreferences } from '../../../preferences.ts';
import { useFormat } from '../../../use-format.ts';
import { nameOf } from '../names.ts';
import { useWords } from '../use-words.ts';
import { OutcomeTag } from './outcome-tag.tsx';
import styles from './sheet.module.css';
import type { SheetRow } from './use-rows.ts';

/** The columns of a list of rows; with ticks in front where somebody may write explanations. */
export function useRowColumns(
  names: Readonly<Record<string, string>>,
  selection: {
    readonly selected: ReadonlySet<string>;
    readonly toggle: (index: number, range: boolean) => void;
  } | null,
): readonly VirtualColumn<SheetRow>[] {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const { language } = usePreferences();
  const format = useFormat();
  const latest = useRef(selection);
  useEffect(() => {
    latest.current = selection;
  });
  const selected = selection?.selected ?? null;
  return useMemo(
    () => [
      ...(selected === null
        ? []
        : [
            {
              id: 'select',
              header: t('rows.tick'),
              width: 46,
              render: (row: SheetRow, index: number) => (
                <input
                  type="checkbox"
                  // Rows are reached by the arrow keys and ticked by `x`.
                  tabIndex={-1}
                  aria-label={t('rows.tickRow', { name: row.name === '' ? row.id : row.name })}
                  checked={selected.has(row.id)}
                  onClick={(event) => {
                    event.stopPropagation();
                    latest.current?.toggle(index, event.shiftKey);
                  }}
                  readOnly
                />
              ),
            },
          ]),
      {
        id: 'name',
        header: t('rows.name'),
        width: 110,
        render: (row) => (row.name === '' ? '–' : <OutsideText text={row.name} />),
      },
      {
        id: 'id',
        header: t('rows.id'),
        width: 150,
        grow: 1,
        render: (row) => (
          <span title={row.id}>
            <OutsideText text={row.id} />
          </span>
        ),
      },
      {
        id: 'outcome',
        header: t('rows.outcome'),
        width: 168,
        render: (row) => <OutcomeTag outcome={row.outcome} />,
      },
      {
        id: 'why',
        header: t('rows.why'),
        width: 260,
        grow: 4,
        render: (row) => {
          const why = whySentence(row, (userid) => nameOf(names, userid), language);
          return (
            <>
              <Marks row={row} />
              <span title={why}>{why}</span>
            </>
          );
        },
      },
      {
        id: 'taker',
        header: words.role.taker,
        width: 92,
        render: (row) =>
          row.taker === null ? '–' : <span title={row.taker}>{nameOf(names, row.taker)}</span>,
      },
      {
        id: 'at',
        header: t('rows.at'),
        width: 108,
        render: (row) =>
          row.at === null ? '–' : <span title={format.dateTime(row.at)}>{format.date(row.at)}</span>,
      },
    ],
    [t, words, language, format, selected, names],
  );
}

/** What stands out of a row, in front of its sentence: most rows have none, and no width is kept for it. */
function Marks({ row }: { readonly row: SheetRow }) {
  const words = useWords();
  if (!row.conflict && !row.late && row.explanation === null) return null;
  return (
    <span className={styles['marksBefore']}>
      {row.conflict && <span className={`${tags['tag']} ${tags['critical']}`}>{words.mark.conflict}</span>}
      {row.late && <span className={`${tags['tag']} ${tags['high']}`}>{words.mark.late}</span>}
      {row.explanation !== null && (
        <span className={`${tags['tag']} ${tags['info']}`} title={row.explanation.text}>
          <CheckOutlined aria-hidden="true" /> {words.figure.explained}
        </span>
      )}
    </span>
  );
}
