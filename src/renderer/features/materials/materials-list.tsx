import { PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';

import {
  type Channel,
  type MaterialState,
  type MaterialType,
  channels,
  materialSorts,
  materialStates,
  materialTypes,
} from '../../../core/features/reviews/material/model.ts';
import { useCan } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { Page } from '../../components/Page.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { useSettled } from '../../components/use-settled.ts';
import { type TableSort, type VirtualColumn, VirtualTable } from '../../components/VirtualTable.tsx';
import { useFormat } from '../../use-format.ts';
import { CreateMaterialDialog } from './create-material-dialog.tsx';
import styles from './materials.module.css';
import { pathOfMaterial } from './paths.ts';
import { type MaterialRow, useMaterialPages } from './use-material-pages.ts';

interface Filter {
  readonly types: MaterialType[];
  readonly states: MaterialState[];
  readonly channel: Channel | null;
  readonly mine: boolean;
}

/** Every material, newest change first, with what narrows the list down. */
export function MaterialsList() {
  const { t } = useTranslation('materials');
  const navigate = useNavigate();
  const format = useFormat();
  const mayEdit = useCan()('materials:edit');
  const [typed, setTyped] = useState('');
  // The home screen leads to what waits there: `?state=returned&mine=1`.
  const [search] = useSearchParams();
  const [filter, setFilter] = useState<Filter>(() => ({
    types: [],
    states: materialStates.filter((state) => state === search.get('state')),
    channel: null,
    mine: search.get('mine') === '1',
  }));
  const [sort, setSort] = useState<TableSort>({ by: 'updatedAt', descending: true });
  const [selected, setSelected] = useState<number | null>(null);
  const [creating, setCreating] = useState(false);
  const query = useSettled(typed.trim());
  const pages = useMaterialPages({
    filter: {
      query,
      types: filter.types.length === 0 ? null : filter.types,
      states: filter.states.length === 0 ? null : filter.states,
      channel: filter.channel,
      mine: filter.mine,
    },
    sort: { by: materialSorts.find((name) => name === sort.by) ?? 'updatedAt', descending: sort.descending },
  });
  const set = (change: Partial<Filter>) => {
    setSelected(null);
    setFilter({ ...filter, ...change });
  };
  const open = (index: number) => {
    const row = pages.rows[index];
    if (row !== undefined) void navigate(pathOfMaterial(row.id));
  };
  useShortcuts([{ keys: 'n', label: t('create'), disabled: !mayEdit, run: () => setCreating(true) }]);

  const columns: readonly VirtualColumn<MaterialRow>[] = [
    {
      id: 'title',
      header: t('list.title'),
      width: 200,
      grow: true,
      sortable: true,
      render: (row) => (row.title === '' ? <em>{t('untitled')}</em> : <OutsideText text={row.title} />),
    },
    { id: 'type', header: t('list.type'), width: 96, render: (row) => t(`type.${row.type}`) },
    { id: 'state', header: t('list.state'), width: 88, render: (row) => <StateTag state={row.state} /> },
    {
      id: 'version',
      header: t('list.version'),
      width: 130,
      render: (row) =>
        row.latestNumber === 0
          ? t('list.noVersion')
          : t(row.draftDiffers ? 'list.versionAndDraft' : 'list.versionNumber', { number: row.latestNumber }),
    },
    {
      id: 'channels',
      header: t('list.channels'),
      width: 110,
      render: (row) => row.channels.map((channel) => t(`channel.${channel}`)).join(t('common:listSeparator')),
    },
    {
      id: 'branch',
      header: t('list.branch'),
      width: 84,
      render: (row) => (row.branch === '' ? t('field.headOffice') : row.branch),
    },
    { id: 'validUntil', header: t('list.validUntil'), width: 96, render: (row) => row.validUntil ?? '–' },
    { id: 'updatedBy', header: t('list.updatedBy'), width: 90, render: (row) => row.updatedBy.name },
    {
      id: 'updatedAt',
      header: t('list.updatedAt'),
      width: 150,
      sortable: true,
      render: (row) => format.dateTime(row.updatedAt),
    },
  ];

  const filtered =
    query !== '' ||
    filter.types.length > 0 ||
    filter.states.length > 0 ||
    filter.channel !== null ||
    filter.mine;
  return (
    <Page
      fill
      title={t('title')}
      description={t('description')}
      actions={
        mayEdit && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
            {t('create')}
          </Button>
        )
      }
    >
      <div className={styles['list']}>
        <div className={styles['filters']} role="search">
          <Input
            type="search"
            className={styles['find'] ?? ''}
            aria-label={t('list.find')}
            placeholder={t('list.find')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Select<MaterialType[]>
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            maxTagCount="responsive"
            className={styles['select'] ?? ''}
            aria-label={t('list.type')}
            placeholder={t('list.anyType')}
            value={filter.types}
            options={materialTypes.map((type) => ({ value: type, label: t(`type.${type}`) }))}
            onChange={(types) => set({ types })}
          />
          <Select<MaterialState[]>
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            maxTagCount="responsive"
            className={styles['select'] ?? ''}
            aria-label={t('list.state')}
            placeholder={t('list.anyState')}
            value={filter.states}
            options={materialStates.map((state) => ({ value: state, label: t(`common:state.${state}`) }))}
            onChange={(states) => set({ states })}
          />
          <Select<Channel>
            allowClear
            className={styles['select'] ?? ''}
            aria-label={t('list.channels')}
            placeholder={t('list.anyChannel')}
            value={filter.channel}
            options={channels.map((channel) => ({ value: channel, label: t(`channel.${channel}`) }))}
            onChange={(channel: Channel | undefined) => set({ channel: channel ?? null })}
          />
          {mayEdit && (
            <Checkbox checked={filter.mine} onChange={(event) => set({ mine: event.target.checked })}>
              {t('list.mine')}
            </Checkbox>
          )}
          {pages.total !== null && (
            <span role="status" className={styles['quiet']}>
              {t('list.count', { count: pages.total, number: format.number(pages.total) })}
            </span>
          )}
        </div>
        {pages.error !== null ? (
          <ErrorState error={pages.error} onRetry={pages.retry} />
        ) : pages.waiting ? (
          <Loading />
        ) : pages.rows.length === 0 ? (
          <EmptyState
            title={t(filtered ? 'list.noneFound' : 'list.empty')}
            description={t(
              filtered ? 'list.noneFoundHint' : mayEdit ? 'list.emptyHint' : 'list.emptyHintRead',
            )}
          />
        ) : (
          <VirtualTable<MaterialRow>
            label={t('title')}
            columns={columns}
            rowCount={pages.rows.length}
            getRow={(index) => pages.rows[index]}
            onVisibleRange={(_first, last) => pages.show(last)}
            selectedIndex={selected}
            onSelect={setSelected}
            onActivate={open}
            sort={sort}
            onSort={(next) => {
              setSelected(null);
              setSort(next);
            }}
          />
        )}
      </div>
      {creating && <CreateMaterialDialog onClose={() => setCreating(false)} />}
    </Page>
  );
}
