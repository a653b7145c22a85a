import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { handoverClasses } from '../../../../core/features/handovers/model.ts';
import { useCan, useProcedure } from '../../../api/hooks.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { useFormat } from '../../../use-format.ts';
import { readSheetPlace, type SheetPlace } from '../paths.ts';
import { FiguresTable } from './figures-table.tsx';
import { ProcedureList } from './procedure-list.tsx';
import { RowList } from './row-list.tsx';
import styles from './sheet.module.css';

type Sheet = ProcedureOutput<'handovers.sheet'>;

/** The balance sheet: what there was, where it went, and the list behind each number. */
export function SheetTab({ handover }: { readonly handover: ProcedureOutput<'handovers.get'> }) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const mayImport = useCan()('archive:import');
  const [search] = useSearchParams();
  const target = { handoverId: handover.id };
  const sheet = useProcedure('handovers.sheet', { target });
  if (sheet.isError) return <ErrorState error={sheet.error} onRetry={() => void sheet.refetch()} />;
  if (!sheet.data) return <Loading />;
  const { classes, openingAt } = sheet.data;
  if (handoverClasses.every((each) => classes[each].opening === 0))
    return (
      <EmptyState
        title={t('sheet.empty')}
        description={t(mayImport ? 'sheet.emptyHint' : 'sheet.emptyHintRead')}
        action={mayImport && <Link to="/imports">{t('overview.toImports')}</Link>}
      />
    );
  const place = readSheetPlace(search) ?? firstPlace(sheet.data);
  return (
    <div className={styles['sheet']}>
      {sheet.data.beyondYear && <Alert type="warning" showIcon title={t('sheet.beyondYear')} />}
      <FiguresTable id={handover.id} figures={classes} place={place} />
      <div className={styles['under']}>
        {openingAt !== null &&
          t(sheet.data.openingNamed ? 'sheet.openingNamed' : 'sheet.openingFound', {
            day: format.date(openingAt),
          })}{' '}
        <ProcedureList handover={handover} sheet={sheet.data} />
      </div>
      <RowList key={place.class} handover={handover} sheet={sheet.data} place={place} />
    </div>
  );
}

/** Where somebody who opens a sheet looks first: what is unexplained, else what waits, else all of the first class. */
function firstPlace({ classes }: Sheet): SheetPlace {
  for (const rows of ['unexplained', 'waiting'] as const) {
    const found = handoverClasses.find((each) => classes[each][rows] > 0);
    if (found !== undefined) return { class: found, rows };
  }
  const filled = handoverClasses.find((each) => classes[each].opening > 0);
  return { class: filled ?? 'customers', rows: 'opening' };
}
