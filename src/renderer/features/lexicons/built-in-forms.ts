import { type Alias, inOneOrder } from '../../../core/features/screening/model.ts';

/** A word of the built-in table, and its forms in the table's order. */
export interface FormGroup {
  readonly target: string;
  readonly forms: readonly BuiltInForm[];
}

export interface BuiltInForm {
  readonly form: string;
  readonly isOff: boolean;
  /** Off, but in no table: another version of the program had it, or will. */
  readonly isUnknown: boolean;
}

/** The table with what is off in it; a form that is off and unknown stands behind its word's others, or in a group of its own. */
export function formGroups(table: readonly Alias[], off: readonly Alias[]): FormGroup[] {
  const offByTarget = new Map(
    inOneOrder(off).map(({ target, written }) => [target, new Set(written)] as const),
  );
  const groups = table.map(({ target, written }) => {
    const rest = offByTarget.get(target);
    offByTarget.delete(target);
    return groupOf(target, written, rest ?? new Set());
  });
  return [...groups, ...[...offByTarget].map(([target, rest]) => groupOf(target, [], rest))];
}

function groupOf(target: string, written: readonly string[], off: ReadonlySet<string>): FormGroup {
  const known = new Set(written);
  return {
    target,
    forms: [
      ...written.map((form) => ({ form, isOff: off.has(form), isUnknown: false })),
      ...[...off].filter((form) => !known.has(form)).map((form) => ({ form, isOff: true, isUnknown: true })),
    ],
  };
}

/** What is left of the groups where somebody looks for a part of a word, with all its forms, or of a form. */
export function groupsWith(groups: readonly FormGroup[], typed: string): readonly FormGroup[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return groups;
  return groups.flatMap((group) => {
    if (group.target.toLowerCase().includes(wanted)) return [group];
    const forms = group.forms.filter(({ form }) => form.toLowerCase().includes(wanted));
    return forms.length === 0 ? [] : [{ ...group, forms }];
  });
}

/** The forms that are off once this one is switched, in the order that they are stored in: switched back, it is as it was. */
export function withForm(
  off: readonly Alias[],
  target: string,
  form: string,
  isOff: boolean,
): ReturnType<typeof inOneOrder> {
  const others = off.map((alias) =>
    alias.target === target
      ? { target, written: alias.written.filter((written) => written !== form) }
      : alias,
  );
  const all = isOff ? [...others, { target, written: [form] }] : others;
  return inOneOrder(all).filter(({ written }) => written.length > 0);
}

export function countForms(aliases: readonly Alias[]): number {
  return aliases.reduce((sum, { written }) => sum + written.length, 0);
}
