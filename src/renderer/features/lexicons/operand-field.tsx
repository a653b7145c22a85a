import { Checkbox, Input, Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import type { DetectorName, Operand } from '../../../core/features/screening/rules/model.ts';
import { EntryPicker } from './entry-picker.tsx';
import { type OperandKind, detectors, newOperand, operandKinds } from './entry-options.ts';
import type { FieldProblem } from './entry-problems.ts';
import { FieldError, markedWrong } from './field-error.tsx';
import styles from './lexicons.module.css';
import { PhrasesInput } from './phrases-input.tsx';

export type VersionId = ProcedureOutput<'lexicons.versions'>[number]['id'];

interface OperandFieldProps {
  /** What part of the rule it is: “First”, “Where this stands”. */
  readonly label: string;
  readonly value: Operand;
  readonly onChange: (operand: Operand) => void;
  readonly versionId: VersionId;
  /** The text of the entry that it belongs to. */
  readonly entry: string;
  readonly problem: FieldProblem | undefined;
  /** Buttons beside the kind: remove. */
  readonly actions?: ReactNode;
}

/** One part of a rule: words, another entry, a pattern or a detector. */
export function OperandField({
  label,
  value,
  onChange,
  versionId,
  entry,
  problem,
  actions,
}: OperandFieldProps) {
  const { t } = useTranslation('rules');
  const id = useId();
  return (
    <fieldset className={styles['operand']}>
      <legend>{label}</legend>
      <div className={styles['operandHead']}>
        <Select<OperandKind>
          aria-label={t('operand.kindOf', { part: label })}
          value={value.kind}
          onChange={(kind) => onChange(newOperand(kind))}
          options={operandKinds.map((kind) => ({ value: kind, label: t(`operand.${kind}`) }))}
          popupMatchSelectWidth={false}
        />
        {actions}
      </div>
      <OperandBody
        label={label}
        value={value}
        onChange={onChange}
        versionId={versionId}
        entry={entry}
        errorId={problem && `${id}-error`}
      />
      <FieldError id={`${id}-error`} problem={problem} />
    </fieldset>
  );
}

/** What an operand of this kind asks for; also a rule that is a pattern or a detector itself. */
export function OperandBody({
  label,
  value,
  onChange,
  versionId,
  entry,
  errorId,
}: {
  readonly label: string;
  readonly value: Operand;
  readonly onChange: (operand: Operand) => void;
  readonly versionId: VersionId;
  readonly entry: string;
  /** Of the words that say what is wrong, below; undefined where nothing is. */
  readonly errorId: string | undefined;
}) {
  const { t } = useTranslation('rules');
  const id = useId();
  switch (value.kind) {
    case 'words':
      return (
        <PhrasesInput
          label={t('operand.wordsOf', { part: label })}
          placeholder={t('operand.wordsHint')}
          value={value.words}
          errorId={errorId}
          onChange={(words) => onChange({ ...value, words })}
        />
      );
    case 'term':
      return (
        <EntryPicker
          id={id}
          label={t('operand.termOf', { part: label })}
          versionId={versionId}
          value={value.text}
          without={entry}
          errorId={errorId}
          onChange={(text) => onChange({ ...value, text })}
        />
      );
    case 'pattern':
      return (
        <>
          <Input
            className={styles['pattern'] ?? ''}
            aria-label={t('operand.patternOf', { part: label })}
            placeholder="年化(收益)?[0-9.]+%"
            maxLength={500}
            spellCheck={false}
            autoCapitalize="none"
            value={value.pattern}
            {...markedWrong(errorId)}
            onChange={(event) => onChange({ ...value, pattern: event.target.value })}
          />
          <p className={styles['quiet']}>{t('operand.patternHint')}</p>
          <Checkbox
            checked={value.ignoreCase}
            onChange={(event) => onChange({ ...value, ignoreCase: event.target.checked })}
          >
            {t('operand.ignoreCase')}
          </Checkbox>
        </>
      );
    case 'detector':
      return (
        <>
          <Select<DetectorName>
            aria-label={t('operand.detectorOf', { part: label })}
            value={value.detector}
            onChange={(detector) => onChange({ ...value, detector, allow: [], deny: [] })}
            options={detectors.map((name) => ({ value: name, label: t(`detector.${name}.name`) }))}
          />
          <p className={styles['quiet']}>{t(`detector.${value.detector}.what`)}</p>
          {(value.detector === 'url' || value.detector === 'email') && (
            <>
              <label className={styles['inlineLabel']} htmlFor={`${id}-allow`}>
                {t('operand.allow')}
              </label>
              <PhrasesInput
                id={`${id}-allow`}
                label={t('operand.allow')}
                placeholder="example.com"
                value={value.allow}
                max={1000}
                errorId={errorId}
                onChange={(allow) => onChange({ ...value, allow })}
              />
              <label className={styles['inlineLabel']} htmlFor={`${id}-deny`}>
                {t('operand.deny')}
              </label>
              <PhrasesInput
                id={`${id}-deny`}
                label={t('operand.deny')}
                placeholder="example.net"
                value={value.deny}
                max={1000}
                errorId={errorId}
                onChange={(deny) => onChange({ ...value, deny })}
              />
            </>
          )}
        </>
      );
  }
}
