import type { Outcome } from '../../../../core/features/handovers/model.ts';
import tags from '../../../components/Tags.module.css';
import { useWords } from '../use-words.ts';

const looks = {
  takenOver: 'good',
  waiting: 'open',
  refused: 'escalated',
  takerAtLimit: 'escalated',
  deletedByCustomer: 'dismissed',
  deletedByLeaver: 'confirmed',
  invalid: 'dismissed',
  unexplained: 'confirmed',
} as const satisfies Record<Outcome, string>;

export function OutcomeTag({ outcome }: { readonly outcome: Outcome }) {
  const words = useWords();
  return (
    <span className={`${tags['tag']} ${tags['state']} ${tags[looks[outcome]]}`}>{words.figure[outcome]}</span>
  );
}
