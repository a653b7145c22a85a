import type { ProcedureOutput } from '../../../core/contract/index.ts';

type Template = ProcedureOutput<'templates.list'>[number];
export type Content = NonNullable<Template['draft']>;
export type Stage = Content['stages'][number];
export type Question = Stage['questions'][number];

/** The first of `name-1`, `name-2`… that is free. Keys tie decisions to stages: one that was taken away is not given again while it is there. */
export function freeKey(name: string, taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

/** A stage to begin with: any one reviewer decides, on these very words. */
export function newStage(stages: readonly Stage[]): Stage {
  return {
    key: freeKey(
      'stage',
      stages.map(({ key }) => key),
    ),
    name: '',
    kind: 'decide',
    assignees: { users: [], roles: ['reviewer'], branch: 'any' },
    mode: 'any',
    quorum: 1,
    deadlineHours: 8,
    remindHours: 2,
    escalateTo: { users: [], roles: [] },
    questions: [],
    distinct: false,
    copyCondition: 'never',
  };
}

export function newQuestion(questions: readonly Question[]): Question {
  return {
    key: freeKey(
      'question',
      questions.map(({ key }) => key),
    ),
    text: '',
    kind: 'yes-no',
    required: true,
    accepted: 'yes',
  };
}

/** The list with the entry at `index` moved up (-1) or down (1); the list itself at its ends. */
export function moved<Entry>(list: readonly Entry[], index: number, by: -1 | 1): readonly Entry[] {
  const entry = list[index];
  const target = index + by;
  if (entry === undefined || target < 0 || target >= list.length) return list;
  const others = list.filter((_each, at) => at !== index);
  return [...others.slice(0, target), entry, ...others.slice(target)];
}

/** The stages whose required texts are not all there, by their place. */
export function incompleteStages(content: Content): readonly number[] {
  return content.stages.flatMap((stage, index) =>
    stage.name.trim() === '' || stage.questions.some(({ text }) => text.trim() === '') ? [index] : [],
  );
}
