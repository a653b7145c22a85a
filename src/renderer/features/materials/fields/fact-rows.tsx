import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Fact } from '../../../../core/features/reviews/material/contract.ts';
import { type FactKind, factKinds } from '../../../../core/features/reviews/material/model.ts';
import styles from './fields.module.css';
import { replaced } from './rows.ts';

/** Rates, fees, dates… that the text claims: each is compared with the product's sheet. */
export function FactRows({
  facts,
  editable,
  problems,
  onChange,
}: {
  readonly facts: readonly Fact[];
  readonly editable: boolean;
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (facts: Fact[]) => void;
}) {
  const { t } = useTranslation('materials');
  const set = (index: number, change: Partial<Fact>) => onChange(replaced(facts, index, change));
  return (
    <fieldset className={styles['rows']}>
      <legend>{t('field.facts')}</legend>
      <p className={styles['hint']}>{t('field.factsHint')}</p>
      {facts.map((fact, index) => {
        const row = t('field.row', { number: index + 1 });
        const problem = problems.get(`facts.${index}`);
        return (
          // Rows have no name of their own, and are only added at the end and removed.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={styles['fact']}>
            <Select<FactKind>
              aria-label={`${t('field.factKind')} ${row}`}
              value={fact.kind}
              disabled={!editable}
              options={factKinds.map((kind) => ({ value: kind, label: t(`factKind.${kind}`) }))}
              onChange={(kind) => set(index, { kind })}
            />
            <Input
              aria-label={`${t('field.factLabel')} ${row}`}
              placeholder={t('field.factLabel')}
              value={fact.label}
              maxLength={100}
              readOnly={!editable}
              onChange={(event) => set(index, { label: event.target.value })}
            />
            <Input
              aria-label={`${t('field.factValue')} ${row}`}
              placeholder={t('field.factValue')}
              value={fact.value}
              maxLength={200}
              readOnly={!editable}
              {...(problem === undefined ? {} : { status: 'warning' as const })}
              onChange={(event) => set(index, { value: event.target.value })}
            />
            {editable && (
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={`${t('field.remove')} ${row}`}
                onClick={() => onChange(facts.filter((_fact, each) => each !== index))}
              />
            )}
            {problem !== undefined && <p className={styles['problem']}>{problem}</p>}
          </div>
        );
      })}
      {editable && (
        <Button
          icon={<PlusOutlined />}
          onClick={() => onChange([...facts, { kind: 'rate', label: '', value: '' }])}
        >
          {t('field.addFact')}
        </Button>
      )}
    </fieldset>
  );
}
