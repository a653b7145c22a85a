import { foldBit, foldCodePoint } from './folds.ts';
import { type Alias, inOneOrder } from './model.ts';
import { builtInAliases, readingsOf, syllables } from './tables/index.ts';

/** A word as it folds, and forms of it. */
interface Target {
  readonly target: string;
  readonly written: readonly string[];
}

/** Knows the aliases by what their targets fold to. */
export interface AliasTable {
  readonly byFirst: ReadonlyMap<string, readonly Target[]>;
  /** The built-in forms that are switched off, in the same way. */
  readonly offByFirst: ReadonlyMap<string, readonly Target[]>;
}

const aliasFolds = foldBit.width | foldBit.case | foldBit.script;

/** A word as the table of aliases knows it: of one width and case, in simplified characters. */
export function foldEach(text: string): string {
  let folded = '';
  for (const character of text) folded += foldCodePoint(character, aliasFolds);
  return folded;
}

/**
 * The built-in aliases but for those that are `off`, and `own` ones, which count even where they are a form that is off. Forms that the
 * built-in table doesn't have are off in any case (`formsNotBuiltIn`).
 */
export function createAliasTable(own: readonly Alias[], off: readonly Alias[] = []): AliasTable {
  const without = off.length === 0 ? [] : formsAmong(off, true);
  return { byFirst: byFirst([...builtInWithout(without), ...own]), offByFirst: byFirst(without) };
}

/** A table without any alias. */
export const noAliases: AliasTable = { byFirst: new Map(), offByFirst: new Map() };

/** The aliases by the first character of their targets, folded; without forms that are just pinyin. */
function byFirst(aliases: readonly Alias[]): Map<string, Target[]> {
  const targets = new Map<string, Target[]>();
  for (const { target, written } of aliases) {
    const folded = foldEach(target);
    const first = folded.charAt(0);
    const forms = written.filter((form) => form.isWellFormed() && saysMore(folded, form));
    targets.set(first, [...(targets.get(first) ?? []), { target: folded, written: forms }]);
  }
  return targets;
}

function builtInWithout(off: readonly Alias[]): readonly Alias[] {
  if (off.length === 0) return builtInAliases;
  const forms = formsByTarget(off);
  return builtInAliases.map(({ target, written }) => ({
    target,
    written: written.filter((form) => forms.get(target)?.has(form) !== true),
  }));
}

let effective: readonly Alias[] | null = null;

/** The built-in aliases that count, by word: what is just pinyin is no alias, and could not be switched off as one. */
export function builtInForms(): readonly Alias[] {
  effective ??= builtInAliases.flatMap(({ target, written }) => {
    const forms = written.filter((form) => saysMore(foldEach(target), form));
    return forms.length === 0 ? [] : [{ target, written: forms }];
  });
  return effective;
}

/** Those of the forms that the built-in table does not have for that word, so that they can't be switched off. */
export function formsNotBuiltIn(off: readonly Alias[]): readonly Alias[] {
  return formsAmong(off, false);
}

/** Those of the forms that the built-in table has for that word, or those that it does not have. */
function formsAmong(aliases: readonly Alias[], areBuiltIn: boolean): readonly Alias[] {
  const known = formsByTarget(builtInForms());
  return inOneOrder(aliases).flatMap(({ target, written }) => {
    const own = written.filter((form) => (known.get(target)?.has(form) === true) === areBuiltIn);
    return own.length === 0 ? [] : [{ target, written: own }];
  });
}

function formsByTarget(aliases: readonly Alias[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(inOneOrder(aliases).map(({ target, written }) => [target, new Set(written)]));
}

/** Whether a form is more than the word in pinyin, which an entry has to ask for (bao本); weixin alone is the app's own name. */
function saysMore(word: string, form: string): boolean {
  return form === 'weixin' || !isSpelled(word, form);
}

/** Whether a form is the word with some of its characters in pinyin, and nothing else. */
function isSpelled(word: string, form: string): boolean {
  const [first = '', ...rest] = word;
  if (first === '') return form === '';
  const after = rest.join('');
  if (form.startsWith(first) && isSpelled(after, form.slice(first.length))) return true;
  return readingsOf(first.charCodeAt(0)).some((index) => {
    const syllable = syllables[index] ?? '';
    return form.startsWith(syllable) && isSpelled(after, form.slice(syllable.length));
  });
}
