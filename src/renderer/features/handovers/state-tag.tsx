import { useTranslation } from 'react-i18next';

import type { HandoverState } from '../../../core/features/handovers/model.ts';
import tags from '../../components/Tags.module.css';

const looks = { open: 'open', signing: 'escalated', signed: 'good' } as const satisfies Record<
  HandoverState,
  string
>;

export function HandoverStateTag({ state }: { readonly state: HandoverState }) {
  const { t } = useTranslation('handovers');
  return (
    <span className={`${tags['tag']} ${tags['state']} ${tags[looks[state]]}`}>{t(`state.${state}`)}</span>
  );
}
