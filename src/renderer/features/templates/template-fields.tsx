import { Form, Input, InputNumber, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import {
  type Channel,
  type MaterialType,
  type Risk,
  channels,
  materialTypes,
  risks,
} from '../../../core/features/reviews/material/model.ts';
import { useProcedure } from '../../api/hooks.ts';
import type { Content } from './edit-template.ts';
import styles from './templates.module.css';

/** Bounds of the contract (templates/contract.ts). */
const mostMonths = 120;

/** A template's name, what it is chosen by, and how long what it approves holds. */
export function TemplateFields({
  content,
  asked,
  onChange,
}: {
  readonly content: Content;
  readonly asked: boolean;
  readonly onChange: (change: Partial<Content>) => void;
}) {
  const { t } = useTranslation('templates');
  const id = useId();
  const reviewers = useProcedure('reviews.reviewers', {});
  const { appliesTo } = content;
  const applies = (change: Partial<Content['appliesTo']>) =>
    onChange({ appliesTo: { ...appliesTo, ...change } });
  const branches = [...new Set((reviewers.data ?? []).map(({ branch }) => branch))].filter(Boolean);
  return (
    <section className={styles['card']} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('general')}</h2>
      <Form layout="vertical" component="div" className={styles['fields']}>
        <Form.Item
          label={t('name')}
          htmlFor={`${id}-name`}
          required
          {...(asked && content.name.trim() === ''
            ? { validateStatus: 'error' as const, help: t('needed') }
            : {})}
        >
          <Input
            id={`${id}-name`}
            value={content.name}
            maxLength={200}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Form.Item>
        <Form.Item label={t('descriptionField')} htmlFor={`${id}-description`} className={styles['span']}>
          <Input
            id={`${id}-description`}
            value={content.description}
            maxLength={4000}
            onChange={(event) => onChange({ description: event.target.value })}
          />
        </Form.Item>
        <Form.Item label={t('validity')} htmlFor={`${id}-validity`}>
          <InputNumber<number>
            id={`${id}-validity`}
            min={1}
            max={mostMonths}
            precision={0}
            value={content.validityMonths}
            suffix={t('monthsUnit')}
            style={{ width: '100%' }}
            onChange={(validityMonths) => {
              if (validityMonths !== null) onChange({ validityMonths });
            }}
          />
        </Form.Item>
        <Form.Item label={t('types')} htmlFor={`${id}-types`}>
          <Select<MaterialType[]>
            id={`${id}-types`}
            mode="multiple"
            value={appliesTo.types}
            placeholder={t('any')}
            options={materialTypes.map((type) => ({ value: type, label: t(`materials:type.${type}`) }))}
            onChange={(types) => applies({ types })}
          />
        </Form.Item>
        <Form.Item label={t('channels')} htmlFor={`${id}-channels`}>
          <Select<Channel[]>
            id={`${id}-channels`}
            mode="multiple"
            value={appliesTo.channels}
            placeholder={t('any')}
            options={channels.map((channel) => ({
              value: channel,
              label: t(`materials:channel.${channel}`),
            }))}
            onChange={(chosen) => applies({ channels: chosen })}
          />
        </Form.Item>
        <Form.Item label={t('branches')} htmlFor={`${id}-branches`}>
          <Select<string[]>
            id={`${id}-branches`}
            mode="tags"
            value={appliesTo.branches}
            placeholder={t('any')}
            tokenSeparators={['，', ',', '、']}
            options={branches.map((branch) => ({ value: branch, label: branch }))}
            onChange={(chosen) =>
              applies({ branches: chosen.map((branch) => branch.trim()).filter((branch) => branch !== '') })
            }
          />
        </Form.Item>
        <Form.Item label={t('risks')} htmlFor={`${id}-risks`}>
          <Select<Risk[]>
            id={`${id}-risks`}
            mode="multiple"
            value={appliesTo.risks}
            placeholder={t('any')}
            options={risks.map((risk) => ({ value: risk, label: t(`materials:risk.${risk}`) }))}
            onChange={(chosen) => applies({ risks: chosen })}
          />
        </Form.Item>
      </Form>
      <p className={styles['secondary']}>{t('appliesToHint')}</p>
    </section>
  );
}
