import { useTranslation } from 'react-i18next';

import { useProcedure } from '../../api/hooks.ts';
import type { Content, Stage } from './edit-template.ts';
import { useTemplateWords } from './template-words.ts';
import styles from './templates.module.css';

/** What a template says, to be read. */
export function TemplateReading({ content }: { readonly content: Content }) {
  const { t } = useTranslation('templates');
  const words = useTemplateWords();
  return (
    <div className={styles['reading']}>
      {content.description !== '' && <p>{content.description}</p>}
      <dl className={styles['facts']}>
        <div>
          <dt>{t('appliesTo')}</dt>
          <dd>{words.appliesTo(content)}</dd>
        </div>
        <div>
          <dt>{t('validity')}</dt>
          <dd>{t('months', { count: content.validityMonths })}</dd>
        </div>
      </dl>
      <ol className={styles['readStages']}>
        {content.stages.map((stage) => (
          <li key={stage.key}>
            <ReadStage stage={stage} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function ReadStage({ stage }: { readonly stage: Stage }) {
  const { t } = useTranslation('templates');
  const words = useTemplateWords();
  const people = usePeopleWords();
  const rows: readonly (readonly [string, string])[] = [
    [
      t('stage.asked'),
      people(stage.assignees) + (stage.assignees.branch === 'material' ? t('stage.ofBranch') : ''),
    ],
    [
      t('stage.deadline'),
      stage.deadlineHours === null ? t('stage.noDeadline') : t('hours', { count: stage.deadlineHours }),
    ],
    [
      t('stage.remind'),
      stage.remindHours === null ? t('common:none') : t('hoursBefore', { count: stage.remindHours }),
    ],
    [t('stage.escalateTo'), people(stage.escalateTo)],
    [t('stage.distinct'), t(stage.distinct ? 'common:yes' : 'common:no')],
    [t('stage.copy'), t(`copy.${stage.copyCondition}`)],
  ];
  return (
    <>
      <h3>
        {stage.name} <span className={styles['secondary']}>{words.mode(stage)}</span>
      </h3>
      <dl className={styles['facts']}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {stage.questions.length > 0 && (
          <div>
            <dt>{t('stage.questions')}</dt>
            <dd>
              <ul className={styles['readQuestions']}>
                {stage.questions.map((question) => (
                  <li key={question.key}>
                    {question.text}{' '}
                    <span className={styles['secondary']}>
                      {t(`questionKind.${question.kind}`)}
                      {question.required && ` · ${t('question.required')}`}
                      {question.accepted !== null &&
                        ` · ${t('question.acceptedOnly', { answer: t(`common:${question.accepted}`) })}`}
                    </span>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
      </dl>
    </>
  );
}

/** People and roles in a line of names. */
export function usePeopleWords(): (people: Stage['escalateTo']) => string {
  const { t } = useTranslation('templates');
  const words = useTemplateWords();
  const reviewers = useProcedure('reviews.reviewers', {});
  return ({ users, roles }) => {
    const names = [
      ...roles.map((role) => t('allOfRole', { role: t(`common:role.${role}`) })),
      ...users.map(
        (user) => reviewers.data?.find((person) => person.id === user)?.name ?? t('unknownPerson'),
      ),
    ];
    return names.length === 0 ? t('common:none') : words.list(names);
  };
}
