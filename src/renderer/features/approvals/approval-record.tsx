import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { exemptionCodes } from '../../../core/features/reviews/precheck/model.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './approvals.module.css';

type Approval = ProcedureOutput<'approvals.get'>;

/** What stands on the record: facts, decisions, conditions, exemptions. The same on the screen and on paper. */
export function ApprovalRecord({ approval }: { readonly approval: Approval }) {
  return (
    <div className={styles['column']}>
      <Facts approval={approval} />
      <Decisions approval={approval} />
      <Conditions approval={approval} />
      <Exemptions approval={approval} />
    </div>
  );
}

function Facts({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  const { record } = approval;
  const names = (people: readonly { readonly name: string }[]) =>
    people.map(({ name }) => name).join(t('common:listSeparator'));
  const used = (at: number | null) => (at === null ? t('use.never') : format.date(at));
  const rows: readonly (readonly [name: string, value: React.ReactNode])[] = [
    [t('number'), <strong key="number">{approval.number}</strong>],
    [t('material'), <OutsideText key="title" text={record.title} />],
    [t('type'), t(`materials:type.${approval.type}`)],
    [t('version'), t('versionNumber', { number: approval.versionNumber })],
    [
      t('hashFull'),
      <code key="hash" className={styles['hash']}>
        {approval.hash}
      </code>,
    ],
    [t('approvedAt'), format.dateTime(approval.approvedAt)],
    // The moment at which it ends is the first of the day after.
    [t('validity'), t('until', { day: format.date(approval.expiresAt - 1) })],
    [t('risk'), t(`materials:risk.${record.risk}`)],
    [t('template'), t('templateVersion', { name: record.templateName, number: record.templateVersion })],
    [t('preparer'), record.preparer.name],
    [t('submittedBy'), record.submittedBy.name],
    [t('editors'), names(record.editors)],
    [
      t('chartSource'),
      record.chartSource === '' ? (
        t('chartSourceNone')
      ) : (
        <OutsideText key="source" text={record.chartSource} />
      ),
    ],
    [t('use.first'), used(approval.firstUsedAt)],
    [t('use.last'), used(approval.lastUsedAt)],
  ];
  return (
    <section className={styles['card']} aria-labelledby="approval-facts">
      <h2 id="approval-facts">{t('facts')}</h2>
      <dl className={styles['facts']}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Decisions({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  return (
    <section className={styles['card']} aria-labelledby="approval-decisions">
      <h2 id="approval-decisions">{t('decisions')}</h2>
      <ol className={styles['decisions']}>
        {approval.record.decisions.map((decision) => (
          <li key={`${decision.stageKey} ${decision.by.id} ${decision.at}`}>
            <p className={styles['decisionHead']}>
              <strong>{decision.stageName}</strong>
              <span>{t(`decision.${decision.kind}`)}</span>
              <span>
                {decision.onBehalfOf === null
                  ? decision.by.name
                  : t('onBehalf', { name: decision.by.name, of: decision.onBehalfOf.name })}
              </span>
              <time>{format.dateTime(decision.at)}</time>
            </p>
            {decision.copied && <p className={styles['secondary']}>{t('copied')}</p>}
            {decision.answers.length > 0 && (
              <dl className={styles['answers']}>
                {decision.answers.map(({ question, answer }) => (
                  <div key={question}>
                    <dt>{question}</dt>
                    <dd>{answer === 'yes' || answer === 'no' ? t(`common:${answer}`) : answer}</dd>
                  </div>
                ))}
              </dl>
            )}
            {decision.note !== '' && <p className={styles['note']}>{decision.note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Conditions({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation('approvals');
  const format = useFormat();
  const { conditions } = approval.record;
  return (
    <section className={styles['card']} aria-labelledby="approval-conditions">
      <h2 id="approval-conditions">{t('conditions')}</h2>
      {conditions.length === 0 && <p className={styles['secondary']}>{t('conditionsNone')}</p>}
      <ul className={styles['decisions']}>
        {conditions.map((condition) => (
          <li key={`${condition.text} ${condition.metAt}`}>
            <p>{condition.text}</p>
            <p className={styles['secondary']}>
              {t('conditionSetBy', { name: condition.setBy.name })}{' '}
              {condition.versionNumber === null
                ? t('conditionTicked', { name: condition.metBy.name, time: format.dateTime(condition.metAt) })
                : t('conditionMet', {
                    number: condition.versionNumber,
                    name: condition.metBy.name,
                    time: format.dateTime(condition.metAt),
                  })}
            </p>
            {condition.note !== '' && <p className={styles['note']}>{condition.note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Exemptions({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation('approvals');
  const { exemptions } = approval.record;
  const nameOf = (code: string) =>
    exemptionCodes.some((known) => known === code) ? t(`precheck:exemption.${code}`) : code;
  return (
    <section className={styles['card']} aria-labelledby="approval-exemptions">
      <h2 id="approval-exemptions">{t('exemptions')}</h2>
      {exemptions.length === 0 && <p className={styles['secondary']}>{t('exemptionsNone')}</p>}
      <ul className={styles['decisions']}>
        {exemptions.map((exemption) => (
          <li key={exemption.findingKey}>
            <p>
              {exemption.text !== '' && (
                <>
                  <q>
                    <OutsideText text={exemption.text} />
                  </q>{' '}
                </>
              )}
              <strong>{nameOf(exemption.code)}</strong>
            </p>
            <p className={styles['note']}>{exemption.reason}</p>
            <p className={styles['secondary']}>
              {t('exemptionAccepted', {
                names: exemption.acceptedBy.map(({ name }) => name).join(t('common:listSeparator')),
              })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
