import type { UseQueryResult } from '@tanstack/react-query';
import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { SeverityTag } from '../../components/SeverityTag.tsx';
import { useLate } from '../../components/use-late.ts';
import { useFormat } from '../../use-format.ts';
import { confidenceWord } from '../hits/confidence-words.ts';
import { ExplainedSteps } from '../hits/explained-steps.tsx';
import { type TriedHit, keyOfHit, piecesOfHit } from './tried-hits.ts';
import styles from './workbench.module.css';

type Version = ProcedureOutput<'lexicons.versions'>[number];

/** What was found in the sample; the chosen one with its explanation. */
export function WorkbenchHits({
  version,
  answer,
  behind,
  selected,
  onSelect,
}: {
  readonly version: Version;
  /** Null while there is no text to look at. */
  readonly answer: UseQueryResult<ProcedureOutput<'lexicons.tryText'>> | null;
  /** The answer is to an older text. */
  readonly behind: boolean;
  readonly selected: string | null;
  readonly onSelect: (hit: TriedHit) => void;
}) {
  const { t } = useTranslation('workbench');
  const format = useFormat();
  const trying = answer?.isFetching ?? false;
  const late = useLate(trying);
  if (answer === null) return <EmptyState title={t('hits.noText')} description={t('hits.noTextHint')} />;
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Loading />;
  const { hits, more, counts } = answer.data;
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const counting = hits.filter((hit) => hit.silencedBy === null);
  const silenced = hits.filter((hit) => hit.silencedBy !== null);
  return (
    <>
      {/* Above the last answer, which is dimmed: long texts take seconds. */}
      <span className={styles['trying']} role="status">
        {late && (
          <>
            <Spin size="small" /> {t('hits.trying')}
          </>
        )}
      </span>
      <div className={styles['answer']} aria-busy={behind || trying}>
        <h3 className={styles['title']}>
          <span role="status">{t('hits.count', { count: total, number: format.number(total) })}</span>
        </h3>
        {hits.length === 0 && <p className={styles['quiet']}>{t('hits.noneHint')}</p>}
        <HitList hits={counting} version={version} selected={selected} onSelect={onSelect} />
        {more > 0 && (
          <p className={styles['quiet']}>{t('hits.more', { count: more, number: format.number(more) })}</p>
        )}
        {silenced.length > 0 && (
          <>
            <h3 className={styles['title']}>{t('hits.silenced', { count: silenced.length })}</h3>
            <HitList hits={silenced} version={version} selected={selected} onSelect={onSelect} />
          </>
        )}
      </div>
    </>
  );
}

function HitList({
  hits,
  version,
  selected,
  onSelect,
}: {
  readonly hits: readonly TriedHit[];
  readonly version: Version;
  readonly selected: string | null;
  readonly onSelect: (hit: TriedHit) => void;
}) {
  return (
    <ul className={styles['list']}>
      {hits.map((hit) => {
        const key = keyOfHit(hit);
        const open = key === selected;
        return (
          <li key={key}>
            <button
              type="button"
              className={styles['hit']}
              aria-expanded={open}
              onClick={() => onSelect(hit)}
            >
              <SeverityTag severity={hit.severity} />
              <span className={styles['hitTerm']}>
                <OutsideText text={hit.term} />
              </span>
              <span className={styles['hitText']}>
                <OutsideText
                  text={piecesOfHit(hit)
                    .map(({ text }) => text)
                    .join(' … ')}
                />
              </span>
            </button>
            {open && <HitExplanation hit={hit} version={version} />}
          </li>
        );
      })}
    </ul>
  );
}

/** Why a text is a hit, or would be one. */
function HitExplanation({ hit, version }: { readonly hit: TriedHit; readonly version: Version }) {
  const { t } = useTranslation('workbench');
  const format = useFormat();
  const { silencedBy } = hit;
  return (
    <dl className={styles['explanation']}>
      {silencedBy !== null && (
        <>
          <dt>{t('explain.silenced')}</dt>
          <dd>
            <q>
              <OutsideText text={silencedBy.phrase} />
            </q>
            {silencedBy.code !== '' && <> · {silencedBy.code}</>}
            {silencedBy.suppression !== null && (
              <div className={styles['quiet']}>
                {t('explain.suppression', {
                  owner: silencedBy.suppression.owner,
                  date: format.date(silencedBy.suppression.expiresAt),
                })}
              </div>
            )}
            {silencedBy.reason !== '' && <div className={styles['quiet']}>{silencedBy.reason}</div>}
          </dd>
        </>
      )}
      <dt>{t('explain.written')}</dt>
      <dd>
        {piecesOfHit(hit).map((piece) => (
          <div key={piece.index}>
            {hit.parts.length > 0 && (
              <span className={styles['quiet']}>{t('explain.inMessage', { number: piece.index + 1 })} </span>
            )}
            <OutsideText text={piece.text} />
          </div>
        ))}
        <ExplainedSteps steps={hit.steps} />
      </dd>
      <dt>{t('explain.confidence')}</dt>
      <dd>{t(`rules:confidence.${confidenceWord(hit.confidence)}`)}</dd>
      <dt>{t('explain.rule')}</dt>
      <dd>
        {t(`rules:kind.${hit.rule}.name`)} · {hit.category}
      </dd>
      <dt>{t('explain.version')}</dt>
      <dd>
        {t(version.state === 'draft' ? 'explain.draft' : 'explain.published', { number: version.number })}
      </dd>
      <dt>{t('lexicons:term.basis')}</dt>
      <dd>{hit.basis === '' ? t('hits:triage.noBasis') : hit.basis}</dd>
      {hit.suggestion !== '' && (
        <>
          <dt>{t('rules:section.suggestion')}</dt>
          <dd>{hit.suggestion}</dd>
        </>
      )}
    </dl>
  );
}
