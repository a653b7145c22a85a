import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { HitState } from '../../../core/features/supervision/model.ts';
import { withVisibleMarks } from '../../components/invisible.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { SeverityTag } from '../../components/SeverityTag.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useFormat } from '../../use-format.ts';
import { personWithBranch } from '../archive/people.ts';
import { confidenceWord } from './confidence-words.ts';
import { ExplainedSteps } from './explained-steps.tsx';
import type { HitDetail } from './hit-details.ts';
import styles from './triage.module.css';

/** Why this is a hit, and what was decided about it so far. */
export const TriageExplanation = memo(function TriageExplanation({
  detail,
  state,
}: {
  readonly detail: HitDetail;
  readonly state: HitState;
}) {
  const { t } = useTranslation('hits');
  const format = useFormat();
  const { hit, lexicon } = detail;
  return (
    <>
      <section aria-label={t('triage.why')}>
        <h2 className={styles['term']}>
          <OutsideText text={hit.term} />
        </h2>
        <div className={styles['tags']}>
          <SeverityTag severity={hit.severity} />
          <StateTag state={state} />
        </div>
        <dl className={styles['explanation']}>
          <dt>{t('field.category')}</dt>
          <dd>{hit.category}</dd>
          <dt>{t('field.written')}</dt>
          <dd>
            {detail.parts.length > 1 ? (
              <>
                <span className={styles['folds']}>{t('triage.parts', { count: detail.parts.length })}</span>
                <ol className={styles['parts']}>
                  {detail.parts.map((part) => (
                    <li key={`${part.messageId} ${part.start}`}>
                      <OutsideText text={part.text} />
                    </li>
                  ))}
                </ol>
              </>
            ) : (
              <OutsideText text={hit.text} />
            )}
            {hit.folds.length > 0 && detail.steps.length === 0 && (
              <span className={styles['folds']}>
                {t('triage.folds', {
                  folds: hit.folds.map((fold) => t(`rules:fold.${fold}.name`)).join(t('comma')),
                })}
              </span>
            )}
            <ExplainedSteps steps={detail.steps} />
          </dd>
          {hit.confidence < 1 && (
            <>
              <dt>{t('field.confidence')}</dt>
              <dd>{t(`rules:confidence.${confidenceWord(hit.confidence)}`)}</dd>
            </>
          )}
          {detail.rule !== 'word' && (
            <>
              <dt>{t('field.rule')}</dt>
              <dd>{t(`rules:kind.${detail.rule}.name`)}</dd>
            </>
          )}
          {detail.suggestion !== '' && (
            <>
              <dt>{t('rules:section.suggestion')}</dt>
              <dd>{detail.suggestion}</dd>
            </>
          )}
          <dt>{t('field.basis')}</dt>
          <dd>{detail.basis === '' ? t('triage.noBasis') : detail.basis}</dd>
          <dt>{t('field.lexicon')}</dt>
          <dd>
            <Link to={`/lexicons/${lexicon.id}?version=${lexicon.versionId}`}>
              {t('triage.lexicon', { name: lexicon.name, version: lexicon.version })}
            </Link>
          </dd>
          <dt>{t('field.sender')}</dt>
          <dd>{hit.sender ? personWithBranch(hit.sender) : '–'}</dd>
          <dt>{t('field.sentAt')}</dt>
          <dd>{format.dateTime(hit.sentAt)}</dd>
          <dt>{t('field.source')}</dt>
          <dd>
            {t('triage.source', {
              file: withVisibleMarks(detail.message.source.fileName),
              line: detail.message.source.line,
            })}
          </dd>
        </dl>
      </section>
      <section aria-label={t('triage.history')}>
        <h3 className={styles['subtitle']}>{t('triage.history')}</h3>
        {detail.history.length === 0 ? (
          <p className={styles['quiet']}>{t('triage.noHistory')}</p>
        ) : (
          <ol className={styles['history']}>
            {detail.history.map((entry) => (
              <li key={entry.id}>
                <div>
                  <strong>{t(`decision.${entry.decision}`)}</strong>
                  {entry.reasonCode !== null && ` · ${t(`reason.${entry.reasonCode}`)}`}
                </div>
                {entry.note !== '' && <div className={styles['note']}>{entry.note}</div>}
                <div className={styles['quiet']}>
                  {entry.by} · {format.dateTime(entry.at)}
                </div>
              </li>
            ))}
          </ol>
        )}
      </section>
    </>
  );
});
