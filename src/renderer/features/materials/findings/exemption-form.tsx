import { Button, Form, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { GrowingText } from '../../../components/GrowingText.tsx';
import {
  type ClaimedExemption,
  type ExemptionCode,
  exemptionCodes,
} from '../../../../core/features/reviews/precheck/model.ts';
import styles from './findings.module.css';

/** Claims a statutory exemption for a finding: which one, and why it holds here. The reviewer decides on it separately. */
export function ExemptionForm({
  findingKey,
  onClaim,
  onCancel,
}: {
  readonly findingKey: string;
  readonly onClaim: (exemption: ClaimedExemption) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation('precheck');
  const id = useId();
  const [code, setCode] = useState<ExemptionCode | null>(null);
  const [reason, setReason] = useState('');
  const ready = code !== null && reason.trim() !== '';
  return (
    <Form layout="vertical" component="div" className={styles['claim'] ?? ''}>
      <Form.Item label={t('exemptionCode')} htmlFor={`${id}-code`} required>
        <Select<ExemptionCode>
          id={`${id}-code`}
          autoFocus
          value={code}
          placeholder={t('materials:field.choose')}
          options={exemptionCodes.map((each) => ({ value: each, label: t(`exemption.${each}`) }))}
          onChange={setCode}
        />
      </Form.Item>
      <Form.Item label={t('exemptionReason')} htmlFor={`${id}-reason`} required extra={t('exemptionHint')}>
        <GrowingText
          id={`${id}-reason`}
          value={reason}
          maxLength={2_000}
          onChange={(event) => setReason(event.target.value)}
        />
      </Form.Item>
      <div className={styles['actions']}>
        <Button size="small" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button
          size="small"
          type="primary"
          disabled={!ready}
          onClick={() => code !== null && onClaim({ findingKey, code, reason: reason.trim() })}
        >
          {t('claimOk')}
        </Button>
      </div>
    </Form>
  );
}
