import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { questionKinds } from '../../../core/features/reviews/templates/model.ts';
import { type Question, newQuestion } from './edit-template.ts';
import styles from './templates.module.css';

/** Bounds of the contract (templates/contract.ts). */
const mostQuestions = 30;

const answers = ['yes', 'no', 'any'] as const;

/** What a reviewer has to answer before deciding. */
export function QuestionRows({
  questions,
  asked,
  onChange,
}: {
  readonly questions: readonly Question[];
  readonly asked: boolean;
  readonly onChange: (questions: readonly Question[]) => void;
}) {
  const { t } = useTranslation('templates');
  const set = (index: number, change: Partial<Question>) =>
    onChange(questions.map((question, at) => (at === index ? { ...question, ...change } : question)));
  return (
    <fieldset className={styles['group']}>
      <legend>{t('stage.questions')}</legend>
      <p className={styles['secondary']}>{t('stage.questionsHint')}</p>
      {questions.map((question, index) => {
        const row = t('materials:field.row', { number: index + 1 });
        return (
          <div key={question.key} className={styles['question']}>
            <Input
              aria-label={`${t('question.text')} ${row}`}
              placeholder={t('question.text')}
              value={question.text}
              maxLength={200}
              {...(asked && question.text.trim() === '' ? { status: 'error' as const } : {})}
              onChange={(event) => set(index, { text: event.target.value })}
            />
            <Select<Question['kind']>
              aria-label={`${t('question.kind')} ${row}`}
              value={question.kind}
              options={questionKinds.map((kind) => ({ value: kind, label: t(`questionKind.${kind}`) }))}
              onChange={(kind) => set(index, { kind, accepted: kind === 'text' ? null : question.accepted })}
            />
            {question.kind === 'yes-no' ? (
              <Select<(typeof answers)[number]>
                aria-label={`${t('question.accepted')} ${row}`}
                value={question.accepted ?? 'any'}
                options={answers.map((answer) => ({
                  value: answer,
                  label:
                    answer === 'any'
                      ? t('question.acceptedAny')
                      : t('question.acceptedOnly', { answer: t(`common:${answer}`) }),
                }))}
                onChange={(answer) => set(index, { accepted: answer === 'any' ? null : answer })}
              />
            ) : (
              <span />
            )}
            <Checkbox
              aria-label={`${t('question.required')} ${row}`}
              checked={question.required}
              onChange={(event) => set(index, { required: event.target.checked })}
            >
              {t('question.required')}
            </Checkbox>
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={`${t('materials:field.remove')} ${row}`}
              onClick={() => onChange(questions.filter((_question, at) => at !== index))}
            />
          </div>
        );
      })}
      <Button
        icon={<PlusOutlined />}
        disabled={questions.length >= mostQuestions}
        onClick={() => onChange([...questions, newQuestion(questions)])}
      >
        {t('question.add')}
      </Button>
    </fieldset>
  );
}
