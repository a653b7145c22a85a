import { Button } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';

import { useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { useFormat } from '../../use-format.ts';
import { HitFilters } from './filters.tsx';
import {
  type HitQuery,
  conditionCount,
  defaultQuery,
  queryFromSearch,
  searchFromQuery,
} from './hit-filter.ts';
import styles from './hits.module.css';
import { HitsTable } from './hits-table.tsx';
import { RunsDrawer } from './runs-drawer.tsx';
import { SavedViews } from './saved-views.tsx';
import { ScreenButton, ScreeningPanel, useScreening } from './screening.tsx';
import { Triage } from './triage.tsx';

/** Hits: the list of all of them, and triage, which walks through them one by one. */
export function HitsScreen() {
  const { t } = useTranslation('hits');
  const { pathname, search } = useLocation();
  // The hit that triage stands on changes the address, not the query.
  const address = useMemo(() => {
    const parameters = new URLSearchParams(search);
    const hit = parameters.get('hit');
    parameters.delete('hit');
    return { hit: hit !== null && /^\d+$/.test(hit) ? Number(hit) : null, query: parameters.toString() };
  }, [search]);
  const query = useMemo(() => queryFromSearch(new URLSearchParams(address.query)), [address.query]);
  if (pathname.endsWith('/triage')) {
    return (
      <Page title={t('triage.title')} fill>
        <Triage query={query} startId={address.hit} />
      </Page>
    );
  }
  return <HitsList query={query} />;
}

function HitsList({ query }: { readonly query: HitQuery }) {
  const { t } = useTranslation('hits');
  const format = useFormat();
  const navigate = useNavigate();
  const screening = useScreening();
  const [showRuns, setShowRuns] = useState(false);
  const hits = useProcedure('supervision.hitIds', query, { keepPrevious: true });
  const summary = useProcedure('supervision.summary', {});
  const apply = useCallback(
    (next: HitQuery) => void navigate(`/hits?${searchFromQuery(next).toString()}`),
    [navigate],
  );
  const openTriage = (id?: number) => {
    const search = searchFromQuery(query);
    if (id !== undefined) search.set('hit', String(id));
    void navigate(`/hits/triage?${search.toString()}`);
  };
  const ids = hits.data?.ids ?? [];
  const nothingYet =
    summary.data !== undefined &&
    summary.data.open + summary.data.confirmed + summary.data.dismissed + summary.data.escalated === 0;

  return (
    <Page
      fill
      title={t('title')}
      description={
        hits.data && !nothingYet
          ? t('count', { count: hits.data.total, number: format.number(hits.data.total) })
          : undefined
      }
      actions={
        <>
          <Button onClick={() => setShowRuns(true)}>{t('run.title')}</Button>
          <ScreenButton screening={screening} choose>
            {t('run.start')}
          </ScreenButton>
          <Button type="primary" disabled={ids.length === 0} onClick={() => openTriage()}>
            {t('triage.start')}
          </Button>
        </>
      }
    >
      <ScreeningPanel screening={screening} />
      {nothingYet ? (
        <NothingYet screening={screening} unscreened={summary.data.unscreened} />
      ) : (
        <>
          <SavedViews query={query} onApply={apply} />
          <HitFilters filter={query.filter} onChange={(filter) => apply({ ...query, filter })} />
          {hits.isError ? (
            <ErrorState error={hits.error} onRetry={() => void hits.refetch()} />
          ) : !hits.data ? (
            <Loading />
          ) : ids.length === 0 ? (
            <NoMatch query={query} onReset={() => apply(defaultQuery)} />
          ) : (
            <>
              {hits.data.limited && <p className={styles['quiet']}>{t('limited')}</p>}
              <HitsTable
                ids={ids}
                sort={{ by: query.sort.by ?? 'severity', descending: query.sort.descending ?? true }}
                onSort={(sort) => apply({ ...query, sort: { ...query.sort, ...sort } })}
                onOpen={openTriage}
              />
            </>
          )}
        </>
      )}
      {showRuns && <RunsDrawer runs={screening.runs} onClose={() => setShowRuns(false)} />}
    </Page>
  );
}

/** Before the first run: what to do so that there are hits. */
function NothingYet({
  screening,
  unscreened,
}: {
  readonly screening: ReturnType<typeof useScreening>;
  readonly unscreened: number;
}) {
  const { t } = useTranslation('hits');
  const format = useFormat();
  if (unscreened > 0) {
    return (
      <EmptyState
        title={t('empty.unscreened', { count: unscreened, number: format.number(unscreened) })}
        description={t('empty.unscreenedHint')}
        action={
          <ScreenButton screening={screening} primary>
            {t('run.start')}
          </ScreenButton>
        }
      />
    );
  }
  return (
    <EmptyState
      title={t('empty.title')}
      description={t('empty.hint')}
      action={<Link to="/imports">{t('empty.import')}</Link>}
    />
  );
}

function NoMatch({ query, onReset }: { readonly query: HitQuery; readonly onReset: () => void }) {
  const { t } = useTranslation('hits');
  const narrowed = conditionCount(query.filter) > 0;
  return (
    <EmptyState
      title={t(narrowed ? 'empty.noMatch' : 'empty.allDecided')}
      description={t(narrowed ? 'empty.noMatchHint' : 'empty.allDecidedHint')}
      action={
        narrowed ? (
          <Button onClick={onReset}>{t('filter.reset')}</Button>
        ) : (
          <Link to="/hits?state=any">{t('empty.showAll')}</Link>
        )
      }
    />
  );
}
