import { PlusOutlined } from '@ant-design/icons';
import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';

import { type HandoverState, handoverStates } from '../../../../core/features/handovers/model.ts';
import { type Aging, agings } from '../../../../core/features/handovers/record/model.ts';
import { useCan, useProcedure } from '../../../api/hooks.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { Page } from '../../../components/Page.tsx';
import { useShortcuts } from '../../../components/shortcuts.ts';
import { useFormat } from '../../../use-format.ts';
import { HandoverDialog, type HandoverDraft } from '../handover-dialog.tsx';
import { BranchTable } from './branch-table.tsx';
import { HandoversTable } from './handovers-table.tsx';
import styles from './overview.module.css';
import { Suggestions } from './suggestions.tsx';
import { useFigures } from './use-figures.ts';

const views = ['handovers', 'branches'] as const;

/** All handovers that the user may see, those that are suggested, and how they stand by branch and age. */
export function HandoversOverview() {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const may = useCan();
  const manages = may('handovers:manage');
  const [search, setSearch] = useSearchParams();
  const view = views.find((each) => each === search.get('view')) ?? 'handovers';
  const states = handoverStates.filter((state) => search.getAll('state').includes(state));
  const branch = search.get('branch');
  const aging = agings.find((each) => each === search.get('aging')) ?? null;
  const mine = search.get('mine') === '1';
  const [text, setText] = useState('');
  const [draft, setDraft] = useState<HandoverDraft | null>(null);
  // All of them are asked for, and looked through here: a bank has hundreds, and every count on this screen is over all.
  const list = useProcedure('handovers.list', {});
  const suggestions = useProcedure('handovers.suggestions', {});
  const all = list.data?.handovers ?? [];
  const figures = useFigures(all.map(({ id }) => id));
  useShortcuts([{ keys: 'n', label: t('open.action'), disabled: !manages, run: () => setDraft({}) }]);

  const set = (change: Readonly<Record<string, readonly string[]>>) => {
    const next = new URLSearchParams(search);
    for (const [key, values] of Object.entries(change)) {
      next.delete(key);
      for (const value of values) next.append(key, value);
    }
    setSearch(next, { replace: true });
  };
  const wanted = text.trim().toLowerCase();
  const withoutAge = all.filter(
    (each) =>
      (states.length === 0 || states.includes(each.state)) &&
      (branch === null || each.leaver.branch === branch) &&
      (!mine || each.roles.length > 0) &&
      (wanted === '' ||
        each.leaver.name.toLowerCase().includes(wanted) ||
        each.leaver.userid.toLowerCase().includes(wanted)),
  );
  const shown = aging === null ? withoutAge : withoutAge.filter((each) => isAged(each, aging));
  const filtered = wanted !== '' || states.length > 0 || branch !== null || aging !== null || mine;

  return (
    <Page
      title={t('title')}
      description={t('description')}
      actions={
        manages && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setDraft({})}>
            {t('open.action')}
          </Button>
        )
      }
    >
      <div className={styles['overview']}>
        <Suggestions
          answer={suggestions.data}
          manages={manages}
          onOpen={(suggestion) => setDraft({ suggestion })}
        />
        {list.isError ? (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        ) : !list.data ? (
          <Loading />
        ) : all.length === 0 ? (
          <EmptyState
            title={t(manages || may('archive:read') ? 'overview.empty' : 'overview.emptyParty')}
            description={t(
              manages
                ? 'overview.emptyHint'
                : may('archive:read')
                  ? 'overview.emptyHintRead'
                  : 'overview.emptyPartyHint',
            )}
            action={may('archive:import') && <Link to="/imports">{t('overview.toImports')}</Link>}
          />
        ) : (
          <>
            <div className={styles['bar']} role="search">
              <Segmented<(typeof views)[number]>
                aria-label={t('overview.view')}
                value={view}
                options={views.map((each) => ({ value: each, label: t(`overview.views.${each}`) }))}
                onChange={(chosen) => set({ view: chosen === 'handovers' ? [] : [chosen] })}
              />
              <Input
                type="search"
                aria-label={t('overview.find')}
                placeholder={t('overview.find')}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
              <Select<HandoverState[]>
                mode="multiple"
                showSearch={{ optionFilterProp: 'label' }}
                maxTagCount="responsive"
                aria-label={t('overview.state')}
                placeholder={t('overview.anyState')}
                value={states}
                options={handoverStates.map((state) => ({ value: state, label: t(`state.${state}`) }))}
                onChange={(chosen) => set({ state: chosen })}
              />
              <Select<string>
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                aria-label={t('overview.branch')}
                placeholder={t('overview.anyBranch')}
                value={branch}
                options={list.data.branches.map((each) => ({
                  value: each,
                  label: each === '' ? t('overview.noBranch') : each,
                }))}
                onChange={(chosen: string | undefined) =>
                  set({ branch: chosen === undefined ? [] : [chosen] })
                }
              />
              {(mine || all.some(({ roles }) => roles.length > 0)) && (
                <Button
                  aria-pressed={mine}
                  type={mine ? 'primary' : 'default'}
                  onClick={() => set({ mine: mine ? [] : ['1'] })}
                >
                  {t('overview.mine')}
                </Button>
              )}
            </div>
            <div className={styles['ages']} role="group" aria-label={t('overview.aging')}>
              <span className={styles['quiet']}>{t('overview.agingHint')}</span>
              {agings.map((each) => (
                <Button
                  key={each}
                  size="small"
                  aria-pressed={aging === each}
                  type={aging === each ? 'primary' : 'default'}
                  onClick={() => set({ aging: aging === each ? [] : [each] })}
                >
                  {t(`aging.${each}`)}{' '}
                  {format.number(withoutAge.filter((handover) => isAged(handover, each)).length)}
                </Button>
              ))}
            </div>
            {shown.length === 0 ? (
              <EmptyState
                title={t('overview.noneFound')}
                description={t('overview.noneFoundHint')}
                action={filtered && <Button onClick={() => setSearch({})}>{t('overview.clear')}</Button>}
              />
            ) : view === 'branches' ? (
              <BranchTable handovers={shown} figures={figures} />
            ) : (
              <HandoversTable handovers={shown} figures={figures} />
            )}
          </>
        )}
      </div>
      {draft !== null && <HandoverDialog draft={draft} onClose={() => setDraft(null)} />}
    </Page>
  );
}

/** Of those that are still open: how long one took that is signed is no longer anybody's concern. */
function isAged(handover: { readonly aging: Aging; readonly state: HandoverState }, aging: Aging): boolean {
  return handover.state !== 'signed' && handover.aging === aging;
}
