import { Button, Checkbox, InputNumber, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { Operand, RuleDefinition } from '../../../core/features/screening/rules/model.ts';
import { newOperand } from './entry-options.ts';
import type { FieldProblems } from './entry-problems.ts';
import { FieldError } from './field-error.tsx';
import styles from './lexicons.module.css';
import { ListEditor } from './list-editor.tsx';
import { OperandBody, OperandField, type VersionId } from './operand-field.tsx';
import { PhrasesInput } from './phrases-input.tsx';

interface RuleFieldsProps {
  readonly rule: RuleDefinition;
  readonly onChange: (rule: RuleDefinition) => void;
  readonly versionId: VersionId;
  readonly entry: string;
  readonly problems: FieldProblems;
}

/** What a rule is made of, by its kind. */
export function RuleFields({ rule, onChange, versionId, entry, problems }: RuleFieldsProps) {
  const { t } = useTranslation('rules');
  const id = useId();
  const shared = { versionId, entry };
  switch (rule.kind) {
    case 'near':
      return (
        <>
          <OperandField
            {...shared}
            label={t('near.first')}
            value={rule.first}
            problem={problems.get('rule.first')}
            onChange={(first) => onChange({ ...rule, first })}
          />
          <OperandField
            {...shared}
            label={t('near.second')}
            value={rule.second}
            problem={problems.get('rule.second')}
            onChange={(second) => onChange({ ...rule, second })}
          />
          <div className={styles['fieldLine']}>
            <label htmlFor={`${id}-within`}>{t('near.within')}</label>
            <InputNumber
              id={`${id}-within`}
              min={0}
              max={1000}
              precision={0}
              value={rule.within}
              onChange={(within) => onChange({ ...rule, within: within ?? 0 })}
            />
            <Checkbox
              checked={rule.ordered}
              onChange={(event) => onChange({ ...rule, ordered: event.target.checked })}
            >
              {t('near.ordered')}
            </Checkbox>
          </div>
        </>
      );
    case 'all-of':
      return (
        <>
          <Operands
            {...shared}
            path="rule.operands"
            label={t('part')}
            operands={rule.operands}
            least={2}
            most={20}
            problems={problems}
            onChange={(operands) => onChange({ ...rule, operands })}
          />
          <div className={styles['fieldLine']} role="group" aria-label={t('allOf.window')}>
            <span>{t('allOf.window')}</span>
            <Select<typeof rule.window>
              aria-label={t('allOf.window')}
              value={rule.window}
              popupMatchSelectWidth={false}
              onChange={(window) => onChange({ ...rule, window })}
              options={(['message', 'messages', 'across'] as const).map((value) => ({
                value,
                label: t(`allOf.${value}`),
              }))}
            />
          </div>
        </>
      );
    case 'any-of':
      return (
        <Operands
          {...shared}
          path="rule.operands"
          label={t('part')}
          operands={rule.operands}
          least={1}
          most={100}
          problems={problems}
          onChange={(operands) => onChange({ ...rule, operands })}
        />
      );
    case 'pattern':
    case 'detector':
      return (
        <div className={styles['operand']}>
          <OperandBody
            {...shared}
            label={t(`operand.${rule.kind}`)}
            value={rule}
            errorId={problems.has('rule') ? `${id}-error` : undefined}
            onChange={(operand) => {
              // A rule of this kind is its own operand, which keeps its kind.
              if (operand.kind === 'pattern' || operand.kind === 'detector') onChange(operand);
            }}
          />
          <FieldError id={`${id}-error`} problem={problems.get('rule')} />
        </div>
      );
    case 'required':
      return (
        <>
          <OperandField
            {...shared}
            label={t('required.when')}
            value={rule.when}
            problem={problems.get('rule.when')}
            onChange={(when) => onChange({ ...rule, when })}
          />
          <Operands
            {...shared}
            path="rule.disclosures"
            label={t('required.disclosure')}
            operands={rule.disclosures}
            least={1}
            most={50}
            problems={problems}
            onChange={(disclosures) => onChange({ ...rule, disclosures })}
          />
          <div className={styles['fieldLine']}>
            <label htmlFor={`${id}-distance`}>{t('required.within')}</label>
            <InputNumber
              id={`${id}-distance`}
              min={0}
              max={100_000}
              precision={0}
              placeholder={t('required.anywhere')}
              value={rule.within}
              onChange={(within) => onChange({ ...rule, within })}
            />
            <span className={styles['quiet']}>{t('required.withinHint')}</span>
          </div>
          <label className={styles['inlineLabel']} htmlFor={`${id}-products`}>
            {t('required.productTypes')}
          </label>
          <PhrasesInput
            id={`${id}-products`}
            label={t('required.productTypes')}
            placeholder={t('required.anyProduct')}
            value={rule.productTypes}
            max={50}
            onChange={(productTypes) => onChange({ ...rule, productTypes })}
          />
          <p className={styles['quiet']}>{t('required.productTypesHint')}</p>
        </>
      );
  }
}

function Operands({
  path,
  label,
  operands,
  least,
  most,
  problems,
  onChange,
  ...shared
}: {
  readonly path: string;
  readonly label: string;
  readonly operands: readonly Operand[];
  readonly least: number;
  readonly most: number;
  readonly problems: FieldProblems;
  readonly onChange: (operands: Operand[]) => void;
  readonly versionId: VersionId;
  readonly entry: string;
}) {
  const { t } = useTranslation('rules');
  return (
    <ListEditor
      items={operands}
      most={most}
      add={t('addPart', { part: label })}
      newItem={() => newOperand('words')}
      onChange={onChange}
    >
      {(operand, index, { replace, remove }) => {
        const name = `${label} ${index + 1}`;
        return (
          <OperandField
            {...shared}
            label={name}
            value={operand}
            problem={problems.get(`${path}.${index}`)}
            onChange={replace}
            actions={
              operands.length > least && (
                <Button
                  size="small"
                  type="text"
                  aria-label={t('removePart', { part: name })}
                  onClick={remove}
                >
                  {t('common:remove')}
                </Button>
              )
            }
          />
        );
      }}
    </ListEditor>
  );
}
