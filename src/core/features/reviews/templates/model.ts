import type { Role } from '../../users/model.ts';
import type { Channel, MaterialType, Risk } from '../material/model.ts';
import type { TemplateContent, TemplateStage } from './contract.ts';

export const stageKinds = ['decide', 'comment-only'] as const;
export type StageKind = (typeof stageKinds)[number];

/** 会签 everybody who is asked, 或签 any one of them, or so many. */
export const stageModes = ['all', 'any', 'quorum'] as const;
export type StageMode = (typeof stageModes)[number];

/** How little may have changed for a decision to be taken over to a new version; each allows what those before it allow. */
export const copyConditions = ['never', 'whitespace-only', 'punctuation-width', 'formatting-only'] as const;
export type CopyCondition = (typeof copyConditions)[number];

export const questionKinds = ['yes-no', 'text'] as const;

/** The roles that may decide at all: a stage can ask no others. */
export const decidingRoles = ['reviewer', 'approver'] as const satisfies readonly Role[];
export type DecidingRole = (typeof decidingRoles)[number];

export const maxStages = 12;

/** What is wrong with a template; a key below `templates.problem.` in the i18n files. */
export const templateProblems = [
  'no-stages',
  'stage-key-twice',
  'nobody-asked',
  'quorum-too-large',
  'last-stage-comments',
  'last-stage-copies',
  'remind-without-deadline',
  'remind-too-early',
  'question-key-twice',
  'distinct-first',
] as const;
export type TemplateProblemKind = (typeof templateProblems)[number];

export interface TemplateProblem {
  readonly kind: TemplateProblemKind;
  /** The stage it is about, from 0; null: the template. */
  readonly stage: number | null;
}

/** What keeps a template from being published; empty where nothing does. */
export function problemsOf(template: Pick<TemplateContent, 'stages'>): readonly TemplateProblem[] {
  const { stages } = template;
  const problems: TemplateProblem[] = [];
  if (stages.length === 0) problems.push({ kind: 'no-stages', stage: null });
  const keys = new Set<string>();
  stages.forEach((stage, index) => {
    const problem = (kind: TemplateProblemKind) => problems.push({ kind, stage: index });
    if (keys.has(stage.key)) problem('stage-key-twice');
    keys.add(stage.key);
    const { users, roles } = stage.assignees;
    if (users.length + roles.length === 0) problem('nobody-asked');
    if (stage.mode === 'quorum' && roles.length === 0 && stage.quorum > users.length)
      problem('quorum-too-large');
    if (stage.remindHours !== null) {
      if (stage.deadlineHours === null) problem('remind-without-deadline');
      else if (stage.remindHours >= stage.deadlineHours) problem('remind-too-early');
    }
    if (new Set(stage.questions.map(({ key }) => key)).size < stage.questions.length)
      problem('question-key-twice');
    if (stage.distinct && index === 0) problem('distinct-first');
    if (index === stages.length - 1) {
      // A comment stage lapses at its deadline: approval would come from a clock.
      if (stage.kind === 'comment-only') problem('last-stage-comments');
      // Nor may it come from a copy: somebody has to have said yes to these very words.
      if (stage.copyCondition !== 'never') problem('last-stage-copies');
    }
  });
  return problems;
}

/** What a template is chosen by. */
export interface Applicant {
  readonly type: MaterialType;
  readonly channels: readonly Channel[];
  readonly branch: string;
  readonly risk: Risk;
}

/**
 * The template for a material: the most specific of those that apply, of equals the one with the lowest number, or null. An empty list in
 * `appliesTo` is "any". More specific is who names more of the four, and of those the type weighs most, then risk, branch, channel.
 */
export function chooseTemplate<
  Template extends { readonly number: number; readonly content: Pick<TemplateContent, 'appliesTo'> },
>(templates: readonly Template[], applicant: Applicant): Template | null {
  const fitting = templates.filter(({ content }) => applies(content.appliesTo, applicant));
  const [best] = fitting.toSorted(
    (a, b) => specificity(b.content.appliesTo) - specificity(a.content.appliesTo) || a.number - b.number,
  );
  return best ?? null;
}

function applies(to: TemplateContent['appliesTo'], applicant: Applicant): boolean {
  return (
    (to.types.length === 0 || to.types.includes(applicant.type)) &&
    (to.risks.length === 0 || to.risks.includes(applicant.risk)) &&
    (to.branches.length === 0 || to.branches.includes(applicant.branch)) &&
    (to.channels.length === 0 || applicant.channels.some((channel) => to.channels.includes(channel)))
  );
}

function specificity(to: TemplateContent['appliesTo']): number {
  const named = [to.types, to.risks, to.branches, to.channels].map((list) => (list.length > 0 ? 1 : 0));
  const [types = 0, risks = 0, branches = 0, channels = 0] = named;
  return (types + risks + branches + channels) * 16 + types * 8 + risks * 4 + branches * 2 + channels;
}

/** How many must approve for the stage to be done, of `seats` who are asked and can. */
export function neededOf(stage: Pick<TemplateStage, 'mode' | 'quorum'>, seats: number): number {
  switch (stage.mode) {
    case 'all':
      return seats;
    case 'any':
      return 1;
    case 'quorum':
      return stage.quorum;
  }
}
