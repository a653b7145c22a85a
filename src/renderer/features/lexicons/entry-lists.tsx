import { Button, Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { Example, Exemption } from '../../../core/features/screening/rules/model.ts';
import type { FieldProblems } from './entry-problems.ts';
import { FieldError, markedWrong } from './field-error.tsx';
import styles from './lexicons.module.css';

const mostListed = 100;

/** Phrases in which the entry does not count, each with a code and a reason where the law names them. */
export function ExemptionFields({
  value,
  onChange,
  problems,
}: {
  readonly value: readonly Exemption[];
  readonly onChange: (value: Exemption[]) => void;
  readonly problems: FieldProblems;
}) {
  const { t } = useTranslation('rules');
  const id = useId();
  return (
    <div className={styles['stack']}>
      {value.map((exemption, index) => {
        const number = index + 1;
        const set = (change: Partial<Exemption>) => onChange(value.with(index, { ...exemption, ...change }));
        const problem = problems.get(`notWhen.${index}`);
        return (
          <div
            // oxlint-disable-next-line react/no-array-index-key -- lines that are edited have no identity but their place
            key={index}
            className={styles['listed']}
            role="group"
            aria-label={t('exemption.line', { number })}
          >
            <div className={styles['listedLine']}>
              <Input
                aria-label={t('exemption.phrase')}
                placeholder={t('exemption.phraseHint')}
                maxLength={200}
                value={exemption.phrase}
                {...markedWrong(problem && `${id}-${index}`)}
                onChange={(event) => set({ phrase: event.target.value })}
              />
              <Input
                aria-label={t('exemption.code')}
                placeholder={t('exemption.code')}
                maxLength={100}
                className={styles['code'] ?? ''}
                value={exemption.code}
                onChange={(event) => set({ code: event.target.value })}
              />
              <Button
                type="text"
                aria-label={t('exemption.remove', { number })}
                onClick={() => onChange(value.toSpliced(index, 1))}
              >
                {t('common:remove')}
              </Button>
            </div>
            <Input
              aria-label={t('exemption.reason')}
              placeholder={t('exemption.reason')}
              maxLength={1000}
              value={exemption.reason}
              onChange={(event) => set({ reason: event.target.value })}
            />
            <FieldError id={`${id}-${index}`} problem={problem} />
          </div>
        );
      })}
      {value.length < mostListed && (
        <Button
          size="small"
          className={styles['addButton'] ?? ''}
          onClick={() => onChange([...value, { phrase: '', code: '', reason: '' }])}
        >
          {t('exemption.add')}
        </Button>
      )}
    </div>
  );
}

/** Texts that the entry has to find, or must leave alone. */
export function ExampleFields({
  value,
  onChange,
  problems,
}: {
  readonly value: readonly Example[];
  readonly onChange: (value: Example[]) => void;
  readonly problems: FieldProblems;
}) {
  const { t } = useTranslation('rules');
  const id = useId();
  return (
    <div className={styles['stack']}>
      {value.map((example, index) => {
        const number = index + 1;
        const set = (change: Partial<Example>) => onChange(value.with(index, { ...example, ...change }));
        const problem = problems.get(`examples.${index}`);
        return (
          <div
            // oxlint-disable-next-line react/no-array-index-key -- lines that are edited have no identity but their place
            key={index}
            className={styles['listed']}
            role="group"
            aria-label={t('example.line', { number })}
          >
            <div className={styles['listedLine']}>
              <Input.TextArea
                aria-label={t('example.text')}
                rows={1}
                className={styles['grow'] ?? ''}
                maxLength={2000}
                value={example.text}
                {...markedWrong(problem && `${id}-${index}`)}
                onChange={(event) => set({ text: event.target.value })}
              />
              <Select<Example['expect']>
                aria-label={t('example.expect')}
                value={example.expect}
                popupMatchSelectWidth={false}
                onChange={(expect) => set({ expect })}
                options={(['hit', 'no-hit'] as const).map((expect) => ({
                  value: expect,
                  label: t(`example.${expect}`),
                }))}
              />
              <Button
                type="text"
                aria-label={t('example.remove', { number })}
                onClick={() => onChange(value.toSpliced(index, 1))}
              >
                {t('common:remove')}
              </Button>
            </div>
            <FieldError id={`${id}-${index}`} problem={problem} />
          </div>
        );
      })}
      {value.length < mostListed && (
        <Button
          size="small"
          className={styles['addButton'] ?? ''}
          onClick={() => onChange([...value, { text: '', expect: 'hit' }])}
        >
          {t('example.add')}
        </Button>
      )}
    </div>
  );
}
