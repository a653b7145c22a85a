import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useMutate } from '../../api/hooks.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './reviews.module.css';

type Review = ProcedureOutput<'reviews.get'>;

/** The way through the stages: where it is, who is still asked, until when; and the conditions that were set. */
export function StagesList({ review }: { readonly review: Review }) {
  const { t } = useTranslation('reviews');
  const format = useFormat();
  return (
    <>
      <ol className={styles['stages']}>
        {review.stages.map((stage, index) => (
          <li
            key={stage.key}
            data-state={stage.state}
            aria-current={index === review.currentStage ? 'step' : undefined}
          >
            <p>
              <strong>{stage.name}</strong>{' '}
              <span className={styles['quiet']}>{t(`mode.${stage.mode}`, { needed: stage.needed })}</span>{' '}
              <span className={styles['stageState']}>{t(`stageState.${stage.state}`)}</span>
            </p>
            <p className={styles['quiet']}>
              {stage.state === 'waiting'
                ? t('stage.notBegun')
                : t('stage.given', { given: stage.given, needed: stage.needed })}
              {stage.deadlineAt !== null &&
                ` · ${t('stage.deadline', { time: format.dateTime(stage.deadlineAt) })}`}
              {stage.distinct && ` · ${t('stage.distinct')}`}
              {stage.lapsed && ` · ${t('stage.lapsed')}`}
            </p>
            {stage.assumedYears.length > 0 && (
              <p className={styles['quiet']}>
                {t('stage.assumed', { years: stage.assumedYears.join(', ') })}
              </p>
            )}
            {stage.waitingFor.length > 0 && (
              <p>
                {t('stage.waitingFor', {
                  names: stage.waitingFor.map(({ name }) => name).join(t('common:listSeparator')),
                })}
              </p>
            )}
          </li>
        ))}
      </ol>
      {review.conditions.length > 0 && (
        <section aria-label={t('conditions.title')}>
          <h3>{t('conditions.title')}</h3>
          <ul className={styles['cards']}>
            {review.conditions.map((condition) => (
              <Condition key={condition.id} condition={condition} mayTick={review.may.tickConditions} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Condition({
  condition,
  mayTick,
}: {
  readonly condition: Review['conditions'][number];
  readonly mayTick: boolean;
}) {
  const { t } = useTranslation('reviews');
  const format = useFormat();
  const tick = useMutate('reviews.tickCondition', { toast: false });
  const [note, setNote] = useState('');
  const { met } = condition;
  return (
    <li className={styles['card']}>
      <p>{condition.text}</p>
      <p className={styles['quiet']}>
        {t('conditions.setBy', { name: condition.setBy.name, time: format.dateTime(condition.at) })}
      </p>
      {met === null ? (
        mayTick && (
          <div className={styles['exemption']}>
            <Input
              size="small"
              aria-label={t('conditions.note')}
              placeholder={t('conditions.note')}
              value={note}
              maxLength={4_000}
              onChange={(event) => setNote(event.target.value)}
            />
            <Button
              size="small"
              loading={tick.isPending}
              onClick={() => tick.mutate({ conditionId: condition.id, note: note.trim() })}
            >
              {t('conditions.tick')}
            </Button>
          </div>
        )
      ) : (
        <p>
          {t(met.versionNumber === null ? 'conditions.ticked' : 'conditions.metBy', {
            name: met.by.name,
            time: format.dateTime(met.at),
            number: met.versionNumber ?? 0,
          })}
          {met.note !== '' && ` ${met.note}`}
        </p>
      )}
      <ErrorAlert error={tick.error} />
    </li>
  );
}
