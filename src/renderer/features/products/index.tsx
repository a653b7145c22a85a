import { PlusOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Input, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProductView } from '../../../core/features/products/contract.ts';
import { saleState } from '../../../core/features/products/model.ts';
import { type ProductType, productTypes } from '../../../core/features/reviews/material/model.ts';
import { useCan, useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Page } from '../../components/Page.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { useSettled } from '../../components/use-settled.ts';
import { useFormat } from '../../use-format.ts';
import { ProductDrawer } from './product-drawer.tsx';
import { ProductImportDialog } from './product-import-dialog.tsx';
import styles from './products.module.css';

const pageSize = 50;

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'import' }
  /** Null: a new one. */
  | { readonly kind: 'product'; readonly product: ProductView | null };

/** The register of what the bank sells: what materials say is compared with the facts of its sheets. */
export function ProductsScreen() {
  const { t } = useTranslation('products');
  const format = useFormat();
  const mayEdit = useCan()('products:edit');
  const [text, setText] = useState('');
  const [type, setType] = useState<ProductType | null>(null);
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const query = useSettled(text.trim());
  const products = useProcedure(
    'products.list',
    { query, types: type === null ? [] : [type], offset: (page - 1) * pageSize, limit: pageSize },
    { keepPrevious: true },
  );
  const [openedAt] = useState(() => Date.now());
  const today = format.date(openedAt);
  const close = () => setOpen({ kind: 'none' });
  useShortcuts([
    {
      keys: 'n',
      label: t('add'),
      disabled: !mayEdit,
      run: () => setOpen({ kind: 'product', product: null }),
    },
  ]);

  const columns: TableColumnsType<ProductView> = [
    {
      title: t('code'),
      dataIndex: 'code',
      render: (code: string, product) => (
        <Button
          type="link"
          size="small"
          className={styles['code'] ?? ''}
          onClick={() => setOpen({ kind: 'product', product })}
        >
          {code}
        </Button>
      ),
    },
    { title: t('name'), dataIndex: 'name' },
    { title: t('type'), render: (_value, product) => t(`materials:productType.${product.type}`) },
    { title: t('risk'), render: (_value, product) => product.risk ?? '–' },
    {
      title: t('facts'),
      render: (_value, { facts }) => (
        <ul className={styles['facts']}>
          {facts.slice(0, 3).map((fact) => (
            <li key={`${fact.kind} ${fact.label}`}>
              {fact.label} {fact.value}
              {fact.unit}
            </li>
          ))}
          {facts.length > 3 && <li>{t('moreFacts', { count: facts.length - 3 })}</li>}
        </ul>
      ),
    },
    { title: t('sale'), render: (_value, product) => t(`saleState.${saleState(product, today)}`) },
    {
      title: t('updated'),
      render: (_value, product) => `${format.date(product.updatedAt)} ${product.updatedBy}`,
    },
  ];

  const actions = mayEdit && (
    <>
      <Button icon={<UploadOutlined />} onClick={() => setOpen({ kind: 'import' })}>
        {t('import.open')}
      </Button>
      <Button
        type="primary"
        icon={<PlusOutlined />}
        onClick={() => setOpen({ kind: 'product', product: null })}
      >
        {t('add')}
      </Button>
    </>
  );
  const filtered = query !== '' || type !== null;
  return (
    <Page title={t('title')} description={t('description')} actions={actions}>
      <div className={styles['filters']} role="search">
        <Input.Search
          allowClear
          value={text}
          aria-label={t('find')}
          placeholder={t('find')}
          onChange={(event) => {
            setText(event.target.value);
            setPage(1);
          }}
        />
        <Select<ProductType>
          allowClear
          aria-label={t('type')}
          placeholder={t('anyType')}
          value={type}
          options={productTypes.map((each) => ({ value: each, label: t(`materials:productType.${each}`) }))}
          onChange={(chosen: ProductType | undefined) => {
            setType(chosen ?? null);
            setPage(1);
          }}
        />
      </div>
      {products.isError ? (
        <ErrorState error={products.error} onRetry={() => void products.refetch()} />
      ) : products.data?.total === 0 ? (
        <EmptyState
          title={t(filtered ? 'noneFound' : 'empty')}
          description={t(filtered ? 'noneFoundHint' : mayEdit ? 'emptyHint' : 'emptyHintRead')}
        />
      ) : (
        <Table<ProductView>
          rowKey="id"
          size="small"
          loading={products.isPending}
          columns={columns}
          dataSource={products.data?.products ?? []}
          scroll={{ x: 'max-content' }}
          pagination={{
            current: page,
            pageSize,
            total: products.data?.total ?? 0,
            hideOnSinglePage: true,
            showSizeChanger: false,
            onChange: setPage,
          }}
        />
      )}
      {open.kind === 'product' && <ProductDrawer product={open.product} editable={mayEdit} onClose={close} />}
      {open.kind === 'import' && <ProductImportDialog onClose={close} />}
    </Page>
  );
}
