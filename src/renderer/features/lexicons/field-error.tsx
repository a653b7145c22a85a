import { useTranslation } from 'react-i18next';

import type { FieldProblem } from './entry-problems.ts';
import styles from './lexicons.module.css';

/** What is wrong with a field, below it; nothing while nothing is. */
export function FieldError({
  id,
  problem,
}: {
  readonly id: string;
  readonly problem: FieldProblem | undefined;
}) {
  const words = useProblemWords();
  if (problem === undefined) return null;
  return (
    <p id={id} className={styles['fieldError']} role="alert">
      {words(problem)}
    </p>
  );
}

/** For an input with such words below it, which have this id; undefined: nothing is wrong. */
export function markedWrong(errorId: string | undefined) {
  return errorId === undefined
    ? {}
    : ({ status: 'error', 'aria-invalid': true, 'aria-describedby': errorId } as const);
}

/** A problem in the reader's language. */
export function useProblemWords(): (problem: FieldProblem) => string {
  const { t } = useTranslation('rules');
  return (problem) =>
    problem.from === 'form'
      ? t(`problem.${problem.key}`)
      : t(`lexicons:ruleProblem.${problem.kind}`, {
          detail: problem.detail,
          defaultValue: `${problem.kind}: ${problem.detail}`,
        });
}
