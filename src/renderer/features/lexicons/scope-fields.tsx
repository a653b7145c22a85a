import { Checkbox, Form, Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { Scope } from '../../../core/features/screening/rules/model.ts';
import { useCan, useProcedure } from '../../api/hooks.ts';
import type { FieldProblem } from './entry-problems.ts';
import { FieldError } from './field-error.tsx';
import styles from './lexicons.module.css';
import { PhrasesInput } from './phrases-input.tsx';

/** Working hours as a first guess; the reader changes them. */
const someHours = { from: '18:00', to: '09:00' };

/** Who has to speak, where and when, for something to count. */
export function ScopeFields({
  scope,
  onChange,
  problem,
}: {
  readonly scope: Scope;
  readonly onChange: (scope: Scope) => void;
  readonly problem: FieldProblem | undefined;
}) {
  const { t } = useTranslation('rules');
  const id = useId();
  const mayRead = useCan()('archive:read');
  const archive = useProcedure('archive.summary', {}, { enabled: mayRead });
  const { branches = [], kinds = [] } = archive.data ?? {};
  const set = (change: Partial<Scope>) => onChange({ ...scope, ...change });
  return (
    <div className={styles['fields']}>
      <Form.Item label={t('scope.speaker')} htmlFor={`${id}-speaker`}>
        <Select<Scope['speaker']>
          id={`${id}-speaker`}
          value={scope.speaker}
          onChange={(speaker) => set({ speaker })}
          options={(['any', 'employee', 'customer'] as const).map((value) => ({
            value,
            label: t(`speaker.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item label={t('scope.channel')} htmlFor={`${id}-channel`}>
        <Select<Scope['channel']>
          id={`${id}-channel`}
          value={scope.channel}
          onChange={(channel) => set({ channel })}
          options={(['any', 'single', 'group'] as const).map((value) => ({
            value,
            label: t(`channel.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item label={t('scope.kinds')} htmlFor={`${id}-kinds`}>
        <PhrasesInput
          id={`${id}-kinds`}
          label={t('scope.kinds')}
          placeholder={t('scope.anyKind')}
          value={scope.kinds ?? []}
          max={50}
          options={kinds.map((kind) => ({
            value: kind,
            label: t(`archive:kind.${kind}`, { defaultValue: kind }),
          }))}
          onChange={(chosen) => set({ kinds: chosen.length === 0 ? null : chosen })}
        />
      </Form.Item>
      <Form.Item label={t('scope.branches')} htmlFor={`${id}-branches`}>
        <PhrasesInput
          id={`${id}-branches`}
          label={t('scope.branches')}
          placeholder={t('scope.anyBranch')}
          value={scope.branches ?? []}
          max={200}
          options={branches.map((branch) => ({ value: branch, label: branch }))}
          onChange={(chosen) => set({ branches: chosen.length === 0 ? null : chosen })}
        />
      </Form.Item>
      <div className={styles['fieldLine']} role="group" aria-label={t('scope.hours')}>
        <Checkbox
          checked={scope.hours !== null}
          onChange={(event) => set({ hours: event.target.checked ? someHours : null })}
        >
          {t('scope.hours')}
        </Checkbox>
        {scope.hours !== null && (
          <>
            <ClockInput
              label={t('scope.from')}
              value={scope.hours.from}
              onChange={(from) => scope.hours && set({ hours: { ...scope.hours, from } })}
            />
            <span aria-hidden="true">–</span>
            <ClockInput
              label={t('scope.to')}
              value={scope.hours.to}
              onChange={(to) => scope.hours && set({ hours: { ...scope.hours, to } })}
            />
            <span className={styles['quiet']}>{t('scope.hoursHint')}</span>
          </>
        )}
      </div>
      <FieldError id={`${id}-hours`} problem={problem} />
    </div>
  );
}

/** A time of day as `HH:MM`. */
export function ClockInput({
  label,
  value,
  onChange,
  placeholder = 'HH:MM',
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
}) {
  return (
    <Input
      className={styles['clock'] ?? ''}
      aria-label={label}
      inputMode="numeric"
      maxLength={5}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onChange(event.target.value.replace('：', ':'))}
    />
  );
}
