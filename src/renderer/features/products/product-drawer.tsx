import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Form, Input, Popconfirm, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { GrowingText } from '../../components/GrowingText.tsx';
import type { ProductInput, ProductView } from '../../../core/features/products/contract.ts';
import {
  type ProductFactKind,
  type ProductRisk,
  productFactKinds,
  productRisks,
} from '../../../core/features/products/model.ts';
import { type ProductType, productTypes } from '../../../core/features/reviews/material/model.ts';
import { useMutate } from '../../api/hooks.ts';
import { DayInput } from '../../components/DayInput.tsx';
import { SideDialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import styles from './products.module.css';

const empty: ProductInput = {
  code: '',
  name: '',
  type: 'wealth-management',
  risk: null,
  currency: 'CNY',
  aliases: [],
  facts: [],
  onSaleFrom: null,
  onSaleUntil: null,
  sheet: '',
};

function inputOf(product: ProductView | null): ProductInput {
  if (product === null) return empty;
  const { code, name, type, risk, currency, aliases, facts, onSaleFrom, onSaleUntil, sheet } = product;
  return { code, name, type, risk, currency, aliases, facts, onSaleFrom, onSaleUntil, sheet };
}

/** One product with the facts of its sheet: read, written, retired. */
export function ProductDrawer({
  product,
  editable,
  onClose,
}: {
  readonly product: ProductView | null;
  readonly editable: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('products');
  const { message } = App.useApp();
  const id = useId();
  const [input, setInput] = useState(() => inputOf(product));
  const [asked, setAsked] = useState(false);
  const save = useMutate('products.save', { toast: false });
  const retire = useMutate('products.retire', { toast: false });
  const set = (change: Partial<ProductInput>) => setInput({ ...input, ...change });
  const setFact = (index: number, change: Partial<ProductInput['facts'][number]>) =>
    set({ facts: input.facts.map((fact, each) => (each === index ? { ...fact, ...change } : fact)) });
  const missing = (text: string) => asked && text.trim() === '';
  const incomplete =
    input.code.trim() === '' ||
    input.name.trim() === '' ||
    input.facts.some((fact) => fact.label.trim() === '' || fact.value.trim() === '');

  function submit() {
    setAsked(true);
    if (incomplete) return;
    save.mutate(
      { id: product?.id ?? null, revision: product?.revision ?? null, product: input },
      {
        onSuccess: () => {
          void message.success(t('saved'));
          onClose();
        },
      },
    );
  }
  const required = (wrong: boolean) => (wrong ? { validateStatus: 'error' as const, help: t('needed') } : {});

  return (
    <SideDialog
      title={product === null ? t('add') : `${product.code} ${product.name}`}
      size={560}
      onClose={onClose}
      footer={
        editable && (
          <div className={styles['foot']}>
            {product !== null && (
              <Popconfirm
                title={t(product.state === 'active' ? 'retireQuestion' : 'restoreQuestion', {
                  name: product.name,
                })}
                description={t(product.state === 'active' ? 'retireHint' : 'restoreHint')}
                onConfirm={() =>
                  retire.mutate(
                    { id: product.id, revision: product.revision, retired: product.state === 'active' },
                    { onSuccess: onClose },
                  )
                }
              >
                <Button danger={product.state === 'active'} loading={retire.isPending}>
                  {t(product.state === 'active' ? 'retire' : 'restore')}
                </Button>
              </Popconfirm>
            )}
            <span className={styles['gap']} />
            <Button onClick={onClose}>{t('common:cancel')}</Button>
            <Button type="primary" loading={save.isPending} onClick={submit}>
              {t('common:save')}
            </Button>
          </div>
        )
      }
    >
      <Form layout="vertical" component="div" disabled={!editable}>
        <div className={styles['pair']}>
          <Form.Item label={t('code')} htmlFor={`${id}-code`} required {...required(missing(input.code))}>
            <Input
              id={`${id}-code`}
              value={input.code}
              maxLength={64}
              onChange={(event) => set({ code: event.target.value })}
            />
          </Form.Item>
          <Form.Item label={t('name')} htmlFor={`${id}-name`} required {...required(missing(input.name))}>
            <Input
              id={`${id}-name`}
              value={input.name}
              maxLength={200}
              onChange={(event) => set({ name: event.target.value })}
            />
          </Form.Item>
          <Form.Item label={t('type')} htmlFor={`${id}-type`}>
            <Select<ProductType>
              id={`${id}-type`}
              value={input.type}
              options={productTypes.map((type) => ({
                value: type,
                label: t(`materials:productType.${type}`),
              }))}
              onChange={(type) => set({ type })}
            />
          </Form.Item>
          <Form.Item label={t('risk')} htmlFor={`${id}-risk`}>
            <Select<ProductRisk>
              id={`${id}-risk`}
              allowClear
              value={input.risk}
              options={productRisks.map((risk) => ({ value: risk, label: risk }))}
              onChange={(risk: ProductRisk | undefined) => set({ risk: risk ?? null })}
            />
          </Form.Item>
          <Form.Item label={t('onSaleFrom')} htmlFor={`${id}-from`}>
            <DayInput
              id={`${id}-from`}
              value={input.onSaleFrom}
              editable={editable}
              onChange={(onSaleFrom) => set({ onSaleFrom })}
            />
          </Form.Item>
          <Form.Item label={t('onSaleUntil')} htmlFor={`${id}-until`}>
            <DayInput
              id={`${id}-until`}
              value={input.onSaleUntil}
              editable={editable}
              onChange={(onSaleUntil) => set({ onSaleUntil })}
            />
          </Form.Item>
        </div>
        <Form.Item label={t('aliases')} htmlFor={`${id}-aliases`} extra={t('aliasesHint')}>
          <Select<string[]>
            id={`${id}-aliases`}
            mode="tags"
            open={false}
            suffixIcon={null}
            value={input.aliases}
            tokenSeparators={['，', ',', '、']}
            onChange={(aliases) => set({ aliases: aliases.slice(0, 20) })}
          />
        </Form.Item>
        <fieldset className={styles['sheetFacts']}>
          <legend>{t('facts')}</legend>
          {input.facts.map((fact, index) => {
            const row = t('materials:field.row', { number: index + 1 });
            return (
              // Rows have no name of their own, and are only added at the end and removed.
              // oxlint-disable-next-line react/no-array-index-key
              <div key={index} className={styles['fact']}>
                <Select<ProductFactKind>
                  aria-label={`${t('materials:field.factKind')} ${row}`}
                  value={fact.kind}
                  options={productFactKinds.map((kind) => ({
                    value: kind,
                    label: t(`materials:factKind.${kind}`),
                  }))}
                  onChange={(kind) => setFact(index, { kind })}
                />
                <Input
                  aria-label={`${t('materials:field.factLabel')} ${row}`}
                  placeholder={t('materials:field.factLabel')}
                  value={fact.label}
                  maxLength={100}
                  {...(missing(fact.label) ? { status: 'error' as const } : {})}
                  onChange={(event) => setFact(index, { label: event.target.value })}
                />
                <Input
                  aria-label={`${t('materials:field.factValue')} ${row}`}
                  placeholder={t('materials:field.factValue')}
                  value={fact.value}
                  maxLength={200}
                  {...(missing(fact.value) ? { status: 'error' as const } : {})}
                  onChange={(event) => setFact(index, { value: event.target.value })}
                />
                <Input
                  aria-label={`${t('unit')} ${row}`}
                  placeholder={t('unit')}
                  value={fact.unit}
                  maxLength={20}
                  onChange={(event) => setFact(index, { unit: event.target.value })}
                />
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={`${t('materials:field.remove')} ${row}`}
                  onClick={() => set({ facts: input.facts.filter((_fact, each) => each !== index) })}
                />
              </div>
            );
          })}
          {editable && (
            <Button
              icon={<PlusOutlined />}
              onClick={() =>
                set({ facts: [...input.facts, { kind: 'rate', label: '', value: '', unit: '' }] })
              }
            >
              {t('materials:field.addFact')}
            </Button>
          )}
        </fieldset>
        <Form.Item label={t('sheet')} htmlFor={`${id}-sheet`} extra={t('sheetHint')}>
          <GrowingText
            id={`${id}-sheet`}
            value={input.sheet}
            maxLength={1_000}
            onChange={(event) => set({ sheet: event.target.value })}
          />
        </Form.Item>
      </Form>
      {asked && incomplete && <p role="alert">{t('incomplete')}</p>}
      <ErrorAlert error={save.error ?? retire.error} />
    </SideDialog>
  );
}
