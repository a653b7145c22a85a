import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import styles from './steps.module.css';

type Step = ProcedureOutput<'supervision.hit'>['steps'][number];

/** How the original reads as the term, one line a piece: “寳” is read as “宝” (script). Pieces that say it to the letter need no line. */
export function ExplainedSteps({ steps }: { readonly steps: readonly Step[] }) {
  const { t } = useTranslation('rules');
  const changed = counted(steps.filter((step) => step.folds.length > 0 || isMissing(step)));
  if (changed.length === 0) return null;
  return (
    <ol className={styles['steps']}>
      {changed.map(({ step, times }) => (
        <li key={`${step.start} ${step.end} ${step.read}`}>
          {isMissing(step) ? (
            <>
              {t('step.missing')}{' '}
              <span className={styles['piece']}>
                <OutsideText text={step.read} />
              </span>
            </>
          ) : (
            <ReadPiece step={step} times={times} />
          )}
        </li>
      ))}
    </ol>
  );
}

/** A disclosure that is not there: nothing is written, and no fold reads it as anything. */
function isMissing({ written, folds }: Step): boolean {
  return written === '' && folds.length === 0;
}

function ReadPiece({ step, times }: { readonly step: Step; readonly times: number }) {
  const { t } = useTranslation('rules');
  return (
    <>
      <span className={styles['piece']}>
        {step.written === '' ? t('step.nothing') : <OutsideText text={step.written} />}
      </span>{' '}
      {step.read === '' ? (
        t('step.passedOver')
      ) : (
        <>
          {t('step.readAs')}{' '}
          <span className={styles['piece']}>
            <OutsideText text={step.read} />
          </span>
        </>
      )}
      <span className={styles['fold']}>
        {step.folds.map((fold) => t(`fold.${fold}.name`)).join(t('common:listSeparator'))}
        {times > 1 && ` × ${times}`}
      </span>
    </>
  );
}

/** Steps that say the same, such as the hyphens between all characters, once and with their number. */
function counted(steps: readonly Step[]): readonly { readonly step: Step; readonly times: number }[] {
  const found = new Map<string, { readonly step: Step; readonly times: number }>();
  for (const step of steps) {
    const name = JSON.stringify([step.written, step.read, step.folds]);
    const before = found.get(name);
    found.set(name, { step: before?.step ?? step, times: (before?.times ?? 0) + 1 });
  }
  return [...found.values()];
}
