import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { type FindingKind, findingKinds } from '../../../core/features/reviews/publication/model.ts';
import { type HitState, hitStates } from '../../../core/features/supervision/model.ts';
import { useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { RunButton, RunPanel, useArchiveRun } from './archive-run.tsx';
import { FindingsWalk } from './findings-walk.tsx';
import styles from './findings.module.css';

type StateChoice = HitState | 'any';

/** What runs over the archive found: messages that differ from what was approved, or that nobody approved. */
export function FindingsScreen() {
  const { t } = useTranslation('findings');
  const [search, setSearch] = useSearchParams();
  const state = readState(search.get('state'));
  const kinds = search.getAll('kind').filter(isKind);
  const run = useArchiveRun();
  const found = useProcedure(
    'findings.ids',
    { filter: { states: state === 'any' ? null : [state], kinds } },
    { keepPrevious: true },
  );
  const apply = (next: { readonly state?: StateChoice; readonly kinds?: readonly FindingKind[] }) => {
    const params = new URLSearchParams();
    params.set('state', next.state ?? state);
    for (const kind of next.kinds ?? kinds) params.append('kind', kind);
    setSearch(params, { replace: true });
  };
  return (
    <Page title={t('title')} description={t('description')} actions={<RunButton run={run} />} fill>
      <RunPanel run={run} />
      <div className={styles['filters']} role="search">
        <Segmented<StateChoice>
          aria-label={t('state')}
          value={state}
          options={[
            ...hitStates.map((each) => ({ value: each, label: t(`common:state.${each}`) })),
            { value: 'any', label: t('anyState') },
          ]}
          onChange={(chosen) => apply({ state: chosen })}
        />
        <Select<FindingKind[]>
          mode="multiple"
          className={styles['kinds'] ?? ''}
          maxTagCount="responsive"
          aria-label={t('kindLabel')}
          placeholder={t('allKinds')}
          value={kinds}
          options={findingKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
          onChange={(chosen) => apply({ kinds: chosen })}
        />
        {found.data?.limited === true && <span className={styles['quiet']}>{t('limited')}</span>}
      </div>
      {found.isError ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading />
      ) : found.data.ids.length === 0 ? (
        run.runs.data?.length === 0 ? (
          <EmptyState
            title={t('never')}
            description={t('neverHint')}
            action={<Link to="/imports">{t('hits:empty.import')}</Link>}
          />
        ) : (
          <EmptyState title={t('none')} description={t('noneHint')} />
        )
      ) : (
        <FindingsWalk key={search.toString()} ids={found.data.ids} />
      )}
    </Page>
  );
}

function readState(text: string | null): StateChoice {
  if (text === 'any') return 'any';
  return hitStates.find((state) => state === text) ?? 'open';
}

function isKind(text: string): text is FindingKind {
  return findingKinds.some((kind) => kind === text);
}
