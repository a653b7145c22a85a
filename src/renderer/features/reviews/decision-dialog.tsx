import { App, Button, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { GrowingText } from '../../components/GrowingText.tsx';
import type { UserId } from '../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import {
  type DecisionKind,
  type ReasonCode,
  reasonCodes,
} from '../../../core/features/reviews/workflow/model.ts';
import { useMutate } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import styles from './reviews.module.css';

/** The explicit act of deciding: the stage's questions, reasons, conditions, a note, over exactly the version that was read. */
export function DecisionDialog({
  review,
  kind,
  onClose,
}: {
  readonly review: ProcedureOutput<'reviews.get'>;
  readonly kind: DecisionKind;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('reviews');
  const { message } = App.useApp();
  const decide = useMutate('reviews.decide', { toast: false });
  const stage = review.currentStage === null ? undefined : review.stages[review.currentStage];
  const seats = review.may.seats.filter((seat) => seat.decide.allowed);
  const [seat, setSeat] = useState<UserId | null>(seats[0]?.seat.id ?? null);
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const [reasons, setReasons] = useState<ReasonCode[]>([]);
  const [conditions, setConditions] = useState<readonly string[]>(
    kind === 'approve-with-conditions' ? [''] : [],
  );
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  if (stage === undefined) return null;
  const approves = kind === 'approve' || kind === 'approve-with-conditions';
  const needsReason = kind === 'return' || kind === 'reject';
  const questions = approves ? stage.questions : [];
  const written = conditions.map((condition) => condition.trim()).filter((condition) => condition !== '');
  const missing = {
    answers: questions.some(({ key, required }) => required && (answers[key] ?? '').trim() === ''),
    reasons: needsReason && reasons.length === 0,
    conditions: kind === 'approve-with-conditions' && written.length === 0,
    note: kind === 'comment' && note.trim() === '',
  };
  const incomplete = missing.answers || missing.reasons || missing.conditions || missing.note;

  function send() {
    setAsked(true);
    if (incomplete || stage === undefined || seat === null) return;
    const chosen = seats.find((each) => each.seat.id === seat);
    decide.mutate(
      {
        reviewId: review.id,
        versionId: review.version.id,
        hash: review.version.hash,
        stageKey: stage.key,
        decision: kind,
        onBehalfOf: chosen === undefined || chosen.own ? null : seat,
        reasonCodes: reasons,
        answers: questions
          .map(({ key }) => ({ key, answer: (answers[key] ?? '').trim() }))
          .filter(({ answer }) => answer !== ''),
        conditions: written,
        note: note.trim(),
      },
      {
        onSuccess: () => {
          void message.success(t('decide.done', { decision: t(`decision.${kind}`) }));
          onClose();
        },
      },
    );
  }
  const error = (wrong: boolean) =>
    asked && wrong ? { validateStatus: 'error' as const, help: t('decide.needed') } : {};

  return (
    <Dialog
      title={t('decide.title', { decision: t(`decision.${kind}`), number: review.version.number })}
      okText={t(`decision.${kind}`)}
      okButtonProps={{ danger: kind === 'reject' }}
      confirmLoading={decide.isPending}
      onCancel={onClose}
      onOk={send}
    >
      <p className={styles['quiet']}>
        {t('decide.over', { stage: stage.name, hash: review.version.hash.slice(0, 16) })}
      </p>
      <Form layout="vertical" onSubmitCapture={(event) => event.preventDefault()}>
        {seats.length > 1 && (
          <Form.Item label={t('decide.seat')}>
            <Radio.Group
              value={seat}
              onChange={(event) =>
                setSeat(seats.find((each) => each.seat.id === event.target.value)?.seat.id ?? seat)
              }
              options={seats.map((each) => ({
                value: each.seat.id,
                label: each.own ? t('decide.ownSeat') : t('decide.seatOf', { name: each.seat.name }),
              }))}
            />
          </Form.Item>
        )}
        {seats.length === 1 && seats[0]?.own === false && (
          <p>{t('decide.seatOf', { name: seats[0].seat.name })}</p>
        )}
        {questions.map((question) => {
          const empty = question.required && (answers[question.key] ?? '').trim() === '';
          return (
            <Form.Item
              key={question.key}
              label={question.text}
              htmlFor={`question-${question.key}`}
              required={question.required}
              {...error(empty)}
            >
              {question.kind === 'yes-no' ? (
                <Radio.Group
                  id={`question-${question.key}`}
                  value={answers[question.key] ?? null}
                  onChange={(event) => setAnswers({ ...answers, [question.key]: String(event.target.value) })}
                  options={[
                    { value: 'yes', label: t('yes') },
                    { value: 'no', label: t('no') },
                  ]}
                />
              ) : (
                <GrowingText
                  id={`question-${question.key}`}
                  value={answers[question.key] ?? ''}
                  maxLength={2_000}
                  onChange={(event) => setAnswers({ ...answers, [question.key]: event.target.value })}
                />
              )}
            </Form.Item>
          );
        })}
        {needsReason && (
          <Form.Item
            label={t('decide.reasons')}
            htmlFor="decision-reasons"
            required
            {...error(missing.reasons)}
          >
            <Select<ReasonCode[]>
              id="decision-reasons"
              mode="multiple"
              showSearch={{ optionFilterProp: 'label' }}
              value={reasons}
              options={reasonCodes.map((code) => ({ value: code, label: t(`reason.${code}`) }))}
              onChange={setReasons}
            />
          </Form.Item>
        )}
        {kind === 'approve-with-conditions' && (
          <Form.Item
            label={t('decide.conditions')}
            required
            extra={t('decide.conditionsHint')}
            {...error(missing.conditions)}
          >
            <div className={styles['conditionRows']}>
              {conditions.map((condition, index) => (
                <Input
                  // Conditions have no name of their own, and are only added at the end.
                  // oxlint-disable-next-line react/no-array-index-key
                  key={index}
                  aria-label={t('decide.condition', { number: index + 1 })}
                  value={condition}
                  maxLength={4_000}
                  onChange={(event) =>
                    setConditions(conditions.map((each, at) => (at === index ? event.target.value : each)))
                  }
                />
              ))}
              {conditions.length < 20 && (
                <Button size="small" onClick={() => setConditions([...conditions, ''])}>
                  {t('decide.addCondition')}
                </Button>
              )}
            </div>
          </Form.Item>
        )}
        <Form.Item
          label={t('decide.note')}
          htmlFor="decision-note"
          required={kind === 'comment'}
          {...error(missing.note)}
        >
          <GrowingText
            id="decision-note"
            value={note}
            maxLength={4_000}
            onChange={(event) => setNote(event.target.value)}
          />
        </Form.Item>
      </Form>
      <ErrorAlert error={decide.error} />
    </Dialog>
  );
}
