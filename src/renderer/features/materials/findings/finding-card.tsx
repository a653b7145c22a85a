import { Button } from 'antd';
import type { TFunction } from 'i18next';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ClaimedExemption, PrecheckFinding } from '../../../../core/features/reviews/precheck/model.ts';
import { OutsideText } from '../../../components/OutsideText.tsx';
import { ExplainedSteps } from '../../hits/explained-steps.tsx';
import { ExemptionForm } from './exemption-form.tsx';
import styles from './findings.module.css';
import { sentenceOfFinding } from './marks-of-findings.ts';

export interface FindingCardProps {
  readonly finding: PrecheckFinding;
  readonly current: boolean;
  readonly claimed: ClaimedExemption | null;
  readonly onGoTo: (() => void) | null;
  readonly onReplace: ((text: string) => void) | null;
  readonly onClaim: ((exemption: ClaimedExemption | null) => void) | null;
  /** What a reviewer says of the claimed exemption. */
  readonly children?: ReactNode;
}

/** One finding: what it is about, why, what to write instead, and the exemption that is claimed for it. */
export function FindingCard({
  finding,
  current,
  claimed,
  onGoTo,
  onReplace,
  onClaim,
  children,
}: FindingCardProps) {
  const { t } = useTranslation('precheck');
  const [claiming, setClaiming] = useState(false);
  const { level, text, suggestion } = finding;
  return (
    <li className={styles['card']} data-level={level} data-current={current || undefined}>
      <div className={styles['cardHead']}>
        <span className={styles['level']} data-level={level}>
          {t(`level.${level}`)}
        </span>
        <span className={styles['part']}>{partName(t, finding.part)}</span>
      </div>
      <p>{sentenceOfFinding(t, finding)}</p>
      {text !== '' && (
        <p className={styles['text']}>
          <OutsideText text={text.length > 120 ? `${text.slice(0, 120)}…` : text} />
        </p>
      )}
      <ExplainedSteps steps={finding.steps} />
      {finding.basis !== '' && <p className={styles['quiet']}>{t('basis', { basis: finding.basis })}</p>}
      {suggestion !== '' && (
        <p>
          {t('suggestion')} <q>{suggestion}</q>
        </p>
      )}
      {claimed !== null && (
        <p className={styles['claimed']}>
          {t('claimed', { code: t(`exemption.${claimed.code}`), reason: claimed.reason })}
        </p>
      )}
      <div className={styles['actions']}>
        {onGoTo !== null && (
          <Button size="small" onClick={onGoTo}>
            {t('goTo')}
          </Button>
        )}
        {onReplace !== null && suggestion !== '' && replaces.has(finding.rule) && (
          <Button size="small" onClick={() => onReplace(suggestion)}>
            {t('replace')}
          </Button>
        )}
        {onClaim !== null && level === 'block' && finding.exemptible && claimed === null && !claiming && (
          <Button size="small" onClick={() => setClaiming(true)}>
            {t('claim')}
          </Button>
        )}
        {onClaim !== null && claimed !== null && (
          <Button size="small" onClick={() => onClaim(null)}>
            {t('unclaim')}
          </Button>
        )}
      </div>
      {level === 'block' && !finding.exemptible && <p className={styles['quiet']}>{t('notExemptible')}</p>}
      {claiming && onClaim !== null && (
        <ExemptionForm
          findingKey={finding.key}
          onClaim={(exemption) => {
            onClaim(exemption);
            setClaiming(false);
          }}
          onCancel={() => setClaiming(false)}
        />
      )}
      {children}
    </li>
  );
}

/** Rules whose suggestion is what should stand in the place of the found words; others say what to do, in words of their own. */
const replaces: ReadonlySet<PrecheckFinding['rule']> = new Set([
  'lexicon',
  'fact-differs',
  'fact-partial',
  'product-name-differs',
]);

/** Where in the material it stands: the body, a field, the second attachment… */
function partName(t: TFunction<'precheck'>, part: string): string {
  const [first = '', second = '', third] = part.split('.');
  const number = Number(second) + 1;
  switch (first) {
    case 'title':
    case 'body':
      return t(`part.${first}`);
    case 'fields':
      return t(`materials:field.${second}`);
    case 'facts':
      return t('part.fact', { number });
    case 'sources':
      return t('part.source', { number });
    case 'variants':
      return t(third === 'title' ? 'part.variantTitle' : 'part.variant', { number });
    case 'attachments':
      return t(
        third === 'text'
          ? 'part.attachmentText'
          : third === 'code'
            ? 'part.attachmentCode'
            : 'part.attachment',
        { number },
      );
    default:
      return part;
  }
}
