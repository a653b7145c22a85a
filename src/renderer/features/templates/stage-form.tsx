import { Alert, Checkbox, Form, Input, InputNumber, Radio } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import {
  type TemplateProblemKind,
  copyConditions,
  stageKinds,
  stageModes,
} from '../../../core/features/reviews/templates/model.ts';
import { DeadlineFields } from './deadline-fields.tsx';
import type { Stage } from './edit-template.ts';
import { PeopleFields } from './people-fields.tsx';
import { QuestionRows } from './question-rows.tsx';
import styles from './templates.module.css';

/** Bounds of the contract (templates/contract.ts). */
const mostPeople = 200;

/** One stage: who is asked for what, by when, and what becomes of it when the text changes. */
export function StageForm({
  stage,
  number,
  asked,
  problems,
  onChange,
}: {
  readonly stage: Stage;
  readonly number: number;
  /** Whether it was to be saved: what is missing is marked from then on. */
  readonly asked: boolean;
  readonly problems: readonly TemplateProblemKind[];
  readonly onChange: (change: Partial<Stage>) => void;
}) {
  const { t } = useTranslation('templates');
  const id = useId();
  const comments = stage.kind === 'comment-only';
  return (
    <section className={styles['card']} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {t('stageNumber', { number })} {stage.name}
      </h2>
      {problems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={
            <ul className={styles['problems']}>
              {problems.map((problem) => (
                <li key={problem}>{t(`problem.${problem}`)}</li>
              ))}
            </ul>
          }
        />
      )}
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('stage.name')}
          htmlFor={`${id}-name`}
          required
          {...(asked && stage.name.trim() === ''
            ? { validateStatus: 'error' as const, help: t('needed') }
            : {})}
        >
          <Input
            id={`${id}-name`}
            value={stage.name}
            maxLength={200}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Form.Item>
        <Form.Item label={t('stage.kind')} extra={t(`kindHint.${stage.kind}`)}>
          <Radio.Group
            aria-label={t('stage.kind')}
            optionType="button"
            value={stage.kind}
            options={stageKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            onChange={(event) =>
              onChange({ kind: stageKinds.find((kind) => kind === event.target.value) ?? 'decide' })
            }
          />
        </Form.Item>
        <fieldset className={styles['group']}>
          <legend>{t('stage.asked')}</legend>
          <PeopleFields
            people={stage.assignees}
            onChange={(people) => onChange({ assignees: { ...stage.assignees, ...people } })}
          />
          <Checkbox
            checked={stage.assignees.branch === 'material'}
            disabled={stage.assignees.roles.length === 0}
            onChange={(event) =>
              onChange({
                assignees: { ...stage.assignees, branch: event.target.checked ? 'material' : 'any' },
              })
            }
          >
            {t('stage.onlyBranch')}
          </Checkbox>
          <p className={styles['secondary']}>{t('stage.onlyBranchHint')}</p>
        </fieldset>
        <Form.Item
          label={t(comments ? 'stage.modeComment' : 'stage.mode')}
          extra={t(`modeHint.${stage.mode}`)}
        >
          <div className={styles['line']}>
            <Radio.Group
              aria-label={t('stage.mode')}
              optionType="button"
              value={stage.mode}
              options={stageModes.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
              onChange={(event) =>
                onChange({ mode: stageModes.find((mode) => mode === event.target.value) ?? 'all' })
              }
            />
            {stage.mode === 'quorum' && (
              <InputNumber<number>
                aria-label={t('stage.quorum')}
                min={1}
                max={mostPeople}
                precision={0}
                value={stage.quorum}
                suffix={t('people')}
                onChange={(quorum) => {
                  if (quorum !== null) onChange({ quorum });
                }}
              />
            )}
          </div>
        </Form.Item>
        <DeadlineFields stage={stage} onChange={onChange} />
        <fieldset className={styles['group']}>
          <legend>{t('stage.escalateTo')}</legend>
          <p className={styles['secondary']}>{t('stage.escalateHint')}</p>
          <PeopleFields people={stage.escalateTo} onChange={(escalateTo) => onChange({ escalateTo })} />
        </fieldset>
        <Form.Item extra={t('stage.distinctHint')}>
          <Checkbox
            checked={stage.distinct}
            onChange={(event) => onChange({ distinct: event.target.checked })}
          >
            {t('stage.distinct')}
          </Checkbox>
        </Form.Item>
        <fieldset className={styles['group']}>
          <legend>{t('stage.copy')}</legend>
          <p className={styles['secondary']}>{t('stage.copyHint')}</p>
          <Radio.Group
            aria-label={t('stage.copy')}
            className={styles['copies'] ?? ''}
            value={stage.copyCondition}
            onChange={(event) =>
              onChange({
                copyCondition: copyConditions.find((each) => each === event.target.value) ?? 'never',
              })
            }
          >
            {copyConditions.map((condition) => (
              <Radio key={condition} value={condition}>
                {t(`copy.${condition}`)}
                <span className={styles['explained']}>{t(`copyExplained.${condition}`)}</span>
              </Radio>
            ))}
          </Radio.Group>
        </fieldset>
        <QuestionRows
          questions={stage.questions}
          asked={asked}
          onChange={(questions) => onChange({ questions: [...questions] })}
        />
      </Form>
    </section>
  );
}
