import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './publication.module.css';

export type Match = ProcedureOutput<'publication.check'>['matches'][number];

/** Which part of the approved version: its title and body, a channel's variant, an attachment. */
function partName(t: TFunction<'publication'>, part: string): string {
  if (part.startsWith('variants.')) return t('part.variant');
  if (part.startsWith('attachments.')) return t('part.attachment');
  return t(`part.${part}`);
}

/** An approved version that a published text comes from: its approval, and what that was worth. */
export function MatchLine({
  match,
  children,
}: {
  readonly match: Match;
  readonly children?: React.ReactNode;
}) {
  const { t } = useTranslation('publication');
  const format = useFormat();
  return (
    <div className={styles['match']}>
      {children}
      <Link to={`/materials/${match.materialId}`}>
        <OutsideText text={t('version', { title: match.title, number: match.versionNumber })} />
      </Link>
      <span>
        {partName(t, match.part)}
        {match.relation !== 'whole' && ` · ${t(`relation.${match.relation}`)}`}
      </span>
      <Link to={`/approvals/${match.approvalId}`}>{match.number}</Link>
      <span>{t(`standing.${match.standing}`)}</span>
      <span className={styles['quiet']}>
        {/* It ends with the last millisecond of its last day. */}
        {t('validity', { from: format.date(match.approvedAt), to: format.date(match.expiresAt - 1) })}
      </span>
      <span className={styles['quiet']}>{t('similarity', { percent: percent(match.similarity) })}</span>
    </div>
  );
}

/** Rounded down: what is not the same is never shown as 100%. */
function percent(share: number): string {
  return `${Math.floor(share * 100)}%`;
}
