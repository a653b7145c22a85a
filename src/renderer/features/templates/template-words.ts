import { useTranslation } from 'react-i18next';

import type { Content, Stage } from './edit-template.ts';

/** A template's parts in a line of words each. */
export function useTemplateWords() {
  const { t } = useTranslation('templates');
  const list = (words: readonly string[]) => words.join(t('common:listSeparator'));
  const mode = (stage: Stage) =>
    stage.kind === 'comment-only'
      ? t('modeShort.comment')
      : t(`modeShort.${stage.mode}`, { quorum: stage.quorum });
  return {
    list,
    mode,
    /** Branch review (any one) → Approval (all) */
    stages: (content: Content) =>
      content.stages.length === 0
        ? t('stagesNone')
        : content.stages.map((stage) => t('stageShort', { name: stage.name, mode: mode(stage) })).join(' → '),
    /** What it is chosen by; "everything" where it names nothing. */
    appliesTo({ appliesTo }: Content): string {
      const parts = [
        appliesTo.types.map((type) => t(`materials:type.${type}`)),
        appliesTo.channels.map((channel) => t(`materials:channel.${channel}`)),
        appliesTo.branches,
        appliesTo.risks.map((risk) => t('riskNamed', { risk: t(`materials:risk.${risk}`) })),
      ].filter((part) => part.length > 0);
      return parts.length === 0 ? t('appliesToAll') : parts.map(list).join(' · ');
    },
  };
}
