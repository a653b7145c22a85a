import { z } from 'zod';

import { foldNames } from '../screening/model.ts';

/** A form and what it is read as: 薇信 for 微信, 亻呆 for 保. */
const WrittenForm = z.object({ written: z.string(), read: z.string() });

/** The first few by name, and how many there are in all. */
const NamedForms = z.object({ count: z.number().int(), first: z.array(WrittenForm) });

/** What two states of one of a lexicon's tables differ in, counted in forms. */
const TableChanges = z.object({
  before: z.number().int(),
  after: z.number().int(),
  added: NamedForms,
  removed: NamedForms,
});
export type TableChanges = z.output<typeof TableChanges>;

/** What two states of a lexicon's settings differ in. */
export const SettingsChanges = z.object({
  folds: z.object({ on: z.array(z.enum(foldNames)), off: z.array(z.enum(foldNames)) }),
  /** The lexicon's own. */
  aliases: TableChanges,
  /** Built-in forms that are off: one that is added here is switched off. */
  aliasesOff: TableChanges,
  components: TableChanges,
});
export type SettingsChanges = z.output<typeof SettingsChanges>;

/** What an import does about the settings in its file. */
export const FileSettings = z.object({
  /**
   * `none`: the file has none; `same`: the draft has them already; `taken`: they replace the draft's; `left`: the draft keeps its own,
   * because entries are added to its entries; `refused`: they would be taken, but can't work.
   */
  outcome: z.enum(['none', 'same', 'taken', 'left', 'refused']),
  /** From the draft's to the file's; null where they are the same, or the file has none. */
  changes: SettingsChanges.nullable(),
  /** What can't work in the file's settings: the first few, and how many there are. */
  problems: z.object({
    count: z.number().int(),
    /** `kind` is a key below `lexicons.ruleProblem.`. */
    first: z.array(z.object({ kind: z.string(), detail: z.string() })),
  }),
});
export type FileSettings = z.output<typeof FileSettings>;
