import { AutoComplete, Form, Input, Select } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { MaterialFields } from '../../../../core/features/reviews/material/contract.ts';
import {
  type Channel,
  type FieldGroup,
  type MaterialType,
  type ProductType,
  channels,
  fieldsByType,
  productTypes,
} from '../../../../core/features/reviews/material/model.ts';
import { DayInput } from '../../../components/DayInput.tsx';
import { FactRows } from './fact-rows.tsx';
import styles from './fields.module.css';
import { SourceRows } from './source-rows.tsx';

/** A product of the register, as far as choosing one needs it. */
export interface ProductChoice {
  readonly id: NonNullable<MaterialFields['productId']>;
  readonly code: string;
  readonly name: string;
  readonly type: ProductType;
}

export interface MaterialFieldsProps {
  readonly type: MaterialType;
  readonly fields: MaterialFields;
  readonly editable: boolean;
  readonly products: readonly ProductChoice[];
  readonly branches: readonly string[];
  /** Sentences about a field, by its part (`fields.landingUrl`, `facts.0`…): what the pre-check found there. */
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (fields: MaterialFields) => void;
}

/** What a material says beside its text: for whom, where, of which product, until when. Which of it depends on the type. */
export function MaterialFieldsForm(props: MaterialFieldsProps) {
  const { t } = useTranslation('materials');
  const { type, fields, editable, problems } = props;
  const id = useId();
  const { shown, required } = fieldsByType[type];
  const has = (group: FieldGroup) => shown.some((name) => name === group);
  const needs = (group: FieldGroup) => required.some((name) => name === group);
  const set = (change: Partial<MaterialFields>) => props.onChange({ ...fields, ...change });
  const item = (
    name: string,
    group: FieldGroup,
    child: (controlId: string) => ReactNode,
    parts = [`fields.${name}`],
  ) => {
    const problem = parts.map((part) => problems.get(part)).find((text) => text !== undefined);
    return (
      <Form.Item
        label={t(`field.${name}`)}
        htmlFor={`${id}-${name}`}
        required={needs(group)}
        {...(problem === undefined ? {} : { validateStatus: 'warning' as const, help: problem })}
      >
        {child(`${id}-${name}`)}
      </Form.Item>
    );
  };
  const text =
    (name: 'audience' | 'landingUrl' | 'branch' | 'campaign' | 'chartSource' | 'productName', max: number) =>
    (controlId: string) => (
      <Input
        id={controlId}
        value={fields[name]}
        maxLength={max}
        readOnly={!editable}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    );

  return (
    <Form layout="vertical" component="div" className={styles['fields']}>
      {has('channels') &&
        item('channels', 'channels', (controlId) => (
          <Select<Channel[]>
            id={controlId}
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            value={fields.channels}
            disabled={!editable}
            placeholder={t('field.choose')}
            options={channels.map((channel) => ({ value: channel, label: t(`channel.${channel}`) }))}
            onChange={(chosen) => set({ channels: channels.filter((channel) => chosen.includes(channel)) })}
          />
        ))}
      {has('audience') && item('audience', 'audience', text('audience', 1_000))}
      {has('product') && (
        <>
          {item('productId', 'product', (controlId) => (
            <Select<NonNullable<MaterialFields['productId']>>
              id={controlId}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              value={fields.productId}
              disabled={!editable}
              placeholder={t('field.productChoose')}
              options={props.products.map((product) => ({
                value: product.id,
                label: `${product.code} ${product.name}`,
              }))}
              onChange={(chosen) => {
                const product = props.products.find((each) => each.id === chosen);
                if (product === undefined) set({ productId: null });
                else set({ productId: product.id, productName: product.name, productType: product.type });
              }}
            />
          ))}
          {item('productName', 'product', text('productName', 200))}
          {item('productType', 'product', (controlId) => (
            <Select<ProductType>
              id={controlId}
              allowClear
              value={fields.productType}
              disabled={!editable}
              placeholder={t('field.choose')}
              options={productTypes.map((each) => ({ value: each, label: t(`productType.${each}`) }))}
              // Cleared, antd answers undefined, whatever its type says.
              onChange={(chosen: ProductType | undefined) => set({ productType: chosen ?? null })}
            />
          ))}
        </>
      )}
      {has('validity') && (
        <>
          {item('validFrom', 'validity', (controlId) => (
            <DayInput
              id={controlId}
              value={fields.validFrom}
              editable={editable}
              onChange={(validFrom) => set({ validFrom })}
            />
          ))}
          {item('validUntil', 'validity', (controlId) => (
            <DayInput
              id={controlId}
              value={fields.validUntil}
              editable={editable}
              onChange={(validUntil) => set({ validUntil })}
            />
          ))}
        </>
      )}
      {has('landingUrl') && item('landingUrl', 'landingUrl', text('landingUrl', 2_000))}
      {has('branch') &&
        item('branch', 'branch', (controlId) => (
          <AutoComplete
            id={controlId}
            value={fields.branch}
            disabled={!editable}
            maxLength={200}
            placeholder={t('field.headOffice')}
            options={props.branches.map((branch) => ({ value: branch }))}
            onChange={(branch: string | undefined) => set({ branch: branch ?? '' })}
          />
        ))}
      {has('campaign') && item('campaign', 'campaign', text('campaign', 200))}
      {item('chartSource', 'sources', text('chartSource', 1_000))}
      {has('facts') && (
        <FactRows
          facts={fields.facts}
          editable={editable}
          problems={problems}
          onChange={(facts) => set({ facts })}
        />
      )}
      {has('sources') && (
        <SourceRows
          sources={fields.sources}
          required={needs('sources')}
          editable={editable}
          problems={problems}
          onChange={(sources) => set({ sources })}
        />
      )}
    </Form>
  );
}
