import { useTranslation } from 'react-i18next';

import tags from '../../components/Tags.module.css';
import { useFormat } from '../../use-format.ts';

/** From which score on a word holds. The score says how strongly the signs point to customers being carried away. */
const steps = [
  { from: 75, name: 'high', look: 'critical' },
  { from: 45, name: 'raised', look: 'high' },
  { from: 20, name: 'some', look: 'medium' },
  { from: 0, name: 'low', look: 'info' },
] as const;

/** A risk of 0 to 100 with the word for it. */
export function RiskTag({ score }: { readonly score: number }) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const step = steps.find(({ from }) => score >= from) ?? steps[3];
  return (
    <span className={`${tags['tag']} ${tags[step.look]}`}>
      {t(`risk.${step.name}`)} {format.number(score)}
    </span>
  );
}
