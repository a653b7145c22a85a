import { Alert, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import {
  type HandoverClass,
  type Outcome,
  handoverClasses,
  outcomes,
} from '../../../../core/features/handovers/model.ts';
import { invoke } from '../../../api/client.ts';
import { useProcedure } from '../../../api/hooks.ts';
import { SideDialog } from '../../../components/Dialog.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { usePages } from '../../../components/use-pages.ts';
import { VirtualTable } from '../../../components/VirtualTable.tsx';
import { usePreferences } from '../../../preferences.ts';
import { useFormat } from '../../../use-format.ts';
import { findingWords } from '../findings/finding-words.ts';
import { RowDrawer } from '../sheet/row-drawer.tsx';
import sheetStyles from '../sheet/sheet.module.css';
import { useRowColumns } from '../sheet/use-row-columns.tsx';
import { useWords } from '../use-words.ts';
import styles from './signing.module.css';

type Snapshot = ProcedureOutput<'handovers.snapshots'>[number];
type Detail = ProcedureOutput<'handovers.snapshot'>;
type RowsAnswer = ProcedureOutput<'handovers.snapshotRows'>;
type FrozenRow = RowsAnswer['rows'][number];

const counted = ['opening', ...outcomes] as const;

/** A sheet as it was frozen: what the parties signed over, whatever has come in since. */
export function SnapshotDrawer({
  snapshot,
  onClose,
}: {
  readonly snapshot: Snapshot;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const detail = useProcedure('handovers.snapshot', { id: snapshot.id });
  return (
    <SideDialog title={t('signing.number', { number: snapshot.number })} size={960} onClose={onClose}>
      {detail.isError ? (
        <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />
      ) : detail.data === undefined ? (
        <Loading />
      ) : (
        <div className={styles['frozen']}>
          {!detail.data.intact && (
            <Alert
              type="error"
              showIcon
              title={t('signing.damaged')}
              description={t('signing.damagedHint')}
            />
          )}
          <p className={styles['quiet']}>
            {detail.data.frozenBy.name} · {format.dateTime(detail.data.frozenAt)} ·{' '}
            <code className={styles['hash']}>{detail.data.hash}</code>
          </p>
          <FrozenFigures detail={detail.data} />
          <FrozenRows detail={detail.data} />
          <FrozenFindings detail={detail.data} />
        </div>
      )}
    </SideDialog>
  );
}

function FrozenFigures({ detail }: { readonly detail: Detail }) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const format = useFormat();
  return (
    <div className={sheetStyles['figuresFrame']}>
      <table className={sheetStyles['figures']} aria-label={t('sheet.figures')}>
        <thead>
          <tr>
            <th scope="col">{t('sheet.class')}</th>
            {counted.map((each) => (
              <th key={each} scope="col" data-column={each}>
                {words.figure[each]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {handoverClasses.map((each) => (
            <tr key={each}>
              <th scope="row">{words.class[each]}</th>
              {counted.map((column) => (
                <td key={column} data-column={column}>
                  {format.number(detail.classes[each][column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function FrozenRows({ detail }: { readonly detail: Detail }) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const format = useFormat();
  const [chosen, setChosen] = useState<HandoverClass>(
    handoverClasses.find((each) => detail.classes[each].opening > 0) ?? 'customers',
  );
  const [wanted, setWanted] = useState<Outcome[]>([]);
  const [current, setCurrent] = useState<number | null>(null);
  const asked = { id: detail.id, class: chosen, outcomes: wanted };
  const { first, ...pages } = usePages(
    ['handovers', 'handovers.snapshotRows', asked],
    100,
    (offset, limit): Promise<RowsAnswer> => invoke('handovers.snapshotRows', { ...asked, offset, limit }),
    ({ rows }) => rows,
  );
  const [opened, setOpened] = useState(false);
  const names = namesOf(detail);
  const columns = useRowColumns(names, null);
  return (
    <section className={styles['frozenRows']} aria-label={t('signing.rows')}>
      <div className={sheetStyles['filters']}>
        <Select<HandoverClass>
          aria-label={t('sheet.class')}
          value={chosen}
          options={handoverClasses.map((each) => ({ value: each, label: words.class[each] }))}
          onChange={(each) => {
            setChosen(each);
            setCurrent(null);
          }}
        />
        <Select<Outcome[]>
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          maxTagCount="responsive"
          aria-label={t('rows.outcome')}
          placeholder={t('signing.anyOutcome')}
          value={wanted}
          options={outcomes.map((each) => ({ value: each, label: words.figure[each] }))}
          onChange={(each) => {
            setWanted(each);
            setCurrent(null);
          }}
        />
        <span className={styles['quiet']} role="status">
          {first !== undefined && t('rows.total', { count: first.total, number: format.number(first.total) })}
        </span>
      </div>
      {pages.error ? (
        <ErrorState error={pages.error} onRetry={pages.retry} />
      ) : (
        <VirtualTable<FrozenRow>
          label={t('signing.rows')}
          columns={columns}
          rowCount={first?.total ?? 0}
          getRow={pages.getRow}
          onVisibleRange={pages.onVisibleRange}
          selectedIndex={current}
          onSelect={setCurrent}
          onActivate={(index) => {
            setCurrent(index);
            setOpened(true);
          }}
          empty={first === undefined ? t('common:loading') : t('rows.none')}
        />
      )}
      {opened && current !== null && first !== undefined && (
        <RowDrawer
          class={chosen}
          row={pages.getRow(current)}
          names={names}
          handoverId={detail.handoverId}
          position={current}
          total={first.total}
          onStep={(by) => setCurrent(Math.min(first.total - 1, Math.max(0, current + by)))}
          onClose={() => setOpened(false)}
        />
      )}
    </section>
  );
}

function FrozenFindings({ detail }: { readonly detail: Detail }) {
  const { t } = useTranslation('handovers');
  const { language } = usePreferences();
  const format = useFormat();
  const names = namesOf(detail);
  if (detail.findings.length === 0) return null;
  return (
    <section aria-labelledby="frozen-findings">
      <h3 id="frozen-findings" className={styles['heading']}>
        {t('timeline.findings')}
      </h3>
      <ul className={styles['left']}>
        {detail.findings.map((finding) => {
          const words = findingWords(finding, language, names);
          return (
            <li key={finding.key}>
              <strong>{words.title}</strong> {words.sentence}{' '}
              {finding.dismissed !== null && (
                <span className={styles['quiet']}>
                  {t('signing.dismissed', {
                    name: finding.dismissed.by,
                    time: format.dateTime(finding.dismissed.at),
                    reason: finding.dismissed.reason,
                  })}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The parties' names; whoever else the rows name stands with their userid. */
function namesOf({ parties }: Detail): Readonly<Record<string, string>> {
  return Object.fromEntries([parties.leaver, ...parties.takers].map(({ userid, name }) => [userid, name]));
}
