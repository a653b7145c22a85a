import type { DemoFate, DemoText } from './model.ts';
import { type TemplateKind, type TimedAct, templateKindOf } from './acts.ts';
import { actsOf } from './scripts.ts';
import { demoTexts } from './texts.ts';

/** One material of the demo, and its story. */
export interface DemoItem {
  readonly number: number;
  readonly text: DemoText;
  readonly fate: DemoFate;
  /** The nth of its text's, from 0. */
  readonly turn: number;
  /** Empty: head office. */
  readonly branch: string;
  readonly template: TemplateKind;
  readonly acts: readonly TimedAct[];
  /** Working hours between its last act and the day on which the demo was made. */
  readonly idle: number;
}

/** The text that has a material for each of several days. */
export const series = '安禾早报';

/** The 60 materials: every text once for each of its fates. */
export function demoItems(): readonly DemoItem[] {
  let number = 0;
  return demoTexts.flatMap((text) =>
    text.fates.map((fate, turn) => {
      const branch = text.branches[turn] ?? '';
      const base = { number, text, fate, turn, branch, template: templateKindOf(text.type, text.risk) };
      number += 1;
      return {
        ...base,
        acts: actsOf(base),
        idle: text.title === series ? idleOfSeries(fate, turn) : idleOf(fate, base.number),
      };
    }),
  );
}

/** A morning brief: each of a day of its own: two working days lie between them. */
function idleOfSeries(fate: DemoFate, turn: number): number {
  if (fate === 'approved') return 62 + turn * 16;
  if (fate === 'expired') return 500 + turn * 16;
  if (fate === 'retired' || fate === 'returned') return 40;
  return fate === 'draft' ? 20 : 1;
}

/** What is under review has been so for less than its deadline's eight working hours, unless it is overdue. */
function idleOf(fate: DemoFate, number: number): number {
  const spread = (from: number, to: number) => from + ((number * 37) % 100) * ((to - from) / 100);
  switch (fate) {
    case 'draft':
    case 'draft-blocked':
      return spread(0.5, 30);
    case 'in-branch':
    case 'in-compliance':
    case 'in-legal':
    case 'stale':
      return spread(0.3, 4);
    case 'overdue':
      return spread(20, 30);
    case 'approved-with-conditions':
    case 'returned':
    case 'cancelled':
      return spread(3, 40);
    case 'rejected':
    case 'recalled':
    case 'retired':
      return spread(20, 90);
    case 'approved':
    case 'approved-with-exemption':
      return spread(6, 330);
    case 'expired':
      return spread(500, 640);
  }
}

/** The delegation of `delegatedItem`, in working hours before the demo was made. */
export const delegationHours = { from: 210, until: 150 } as const;
