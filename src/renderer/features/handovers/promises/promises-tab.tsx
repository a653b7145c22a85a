import { Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import {
  type PromiseKind,
  type PromiseStanding,
  promiseKinds,
} from '../../../../core/features/handovers/promises/model.ts';
import { promiseTitle } from '../../../../core/features/handovers/timeline/model.ts';
import { useCan, useProcedure } from '../../../api/hooks.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { usePreferences } from '../../../preferences.ts';
import { useFormat } from '../../../use-format.ts';
import styles from './promises.module.css';
import { PromiseList } from './promise-list.tsx';

type Answer = ProcedureOutput<'handovers.promises'>;
export type Promised = Answer['promises'][number];

/** What is left to look at, what people decided, and what was probably kept. */
const shelves = ['open', 'accepted', 'dismissed', 'kept', 'followed'] as const;
type Shelf = (typeof shelves)[number];

/** What the leaver said to customers and may still be owed: looked at by a person, one by one. */
export function PromisesTab({ handover }: { readonly handover: ProcedureOutput<'handovers.get'> }) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const { language } = usePreferences();
  const mayImport = useCan()('archive:import');
  const [shelf, setShelf] = useState<Shelf>('open');
  const [kinds, setKinds] = useState<PromiseKind[]>([]);
  const promises = useProcedure('handovers.promises', { id: handover.id });
  if (promises.isError) return <ErrorState error={promises.error} onRetry={() => void promises.refetch()} />;
  if (!promises.data) return <Loading />;
  const all = promises.data.promises;
  if (all.length === 0)
    return (
      <EmptyState
        title={t('promises.empty')}
        description={t('promises.emptyHint')}
        action={mayImport && <Link to="/imports">{t('overview.toImports')}</Link>}
      />
    );
  const onShelf = (each: Shelf) => all.filter((one) => shelfOf(one) === each);
  const shown = onShelf(shelf).filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  return (
    <div className={styles['promises']}>
      <div className={styles['filters']} role="search">
        <Segmented<Shelf>
          aria-label={t('promises.shelf')}
          value={shelf}
          options={shelves.map((each) => ({
            value: each,
            label: `${t(`promises.shelves.${each}`)} ${format.number(onShelf(each).length)}`,
          }))}
          onChange={setShelf}
        />
        <Select<PromiseKind[]>
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          maxTagCount="responsive"
          aria-label={t('promises.kind')}
          placeholder={t('promises.anyKind')}
          value={kinds}
          options={promiseKinds.map((kind) => ({ value: kind, label: promiseTitle(kind, language) }))}
          onChange={setKinds}
        />
      </div>
      <p className={styles['quiet']}>
        {t(`promises.shelfHint.${shelf}`)} {promises.data.limited && t('promises.limited')}
      </p>
      {shown.length === 0 ? (
        <EmptyState
          title={t(shelf === 'open' && kinds.length === 0 ? 'promises.allDecided' : 'promises.none')}
          description={t(
            shelf === 'open' && kinds.length === 0 ? 'promises.allDecidedHint' : 'promises.noneHint',
          )}
        />
      ) : (
        <PromiseList handover={handover} promises={shown} />
      )}
    </div>
  );
}

function shelfOf({ decision, standing }: Promised): Shelf {
  if (decision !== null && decision.decision !== 'reset') return decision.decision;
  return isFollowed(standing) ? 'followed' : 'open';
}

function isFollowed(standing: PromiseStanding): boolean {
  return standing === 'followed';
}
