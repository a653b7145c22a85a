import { type RiskLevel, riskLevelOf, riskTitle } from '../../../core/features/handovers/timeline/model.ts';
import tags from '../../components/Tags.module.css';
import { usePreferences } from '../../preferences.ts';
import { useFormat } from '../../use-format.ts';

const looks = { high: 'critical', medium: 'high', low: 'medium', none: 'info' } as const satisfies Record<
  RiskLevel,
  string
>;

/** A risk of 0 to 100 with the word for it. */
export function RiskTag({ score }: { readonly score: number }) {
  const format = useFormat();
  const { language } = usePreferences();
  const level = riskLevelOf(score);
  return (
    <span className={`${tags['tag']} ${tags[looks[level]]}`}>
      {riskTitle(level, language)} {format.number(score)}
    </span>
  );
}
