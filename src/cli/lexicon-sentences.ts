import type { LexiconWarning } from '../core/features/lexicons/contract.ts';
import { type LexiconWarningKind, lexiconWarningKinds } from '../core/features/lexicons/model.ts';
import type { Contradiction } from '../core/features/screening/rules/check.ts';
import type { RuleProblem } from '../core/features/screening/rules/model.ts';
import type { PatternFault } from '../core/features/screening/rules/patterns.ts';

// The command line speaks English only, and the screens' texts are not built into it.

type Say = (text: string) => string;

const warnings: Readonly<Record<LexiconWarningKind, Say>> = {
  'empty-term': () => 'an empty term was skipped',
  duplicate: (text) => `${text} is the same as a term further up; it was skipped`,
  'too-long': (text) => `${text}… is too long for a term; it was skipped`,
  'control-character': (text) => `${text} has a line break or control character in it; it was skipped`,
  'never-matches': (text) => `${text} has only invisible characters: it matches nothing`,
  'one-character': (text) => `${text} is a single character: it will match much that is harmless`,
  'same-when-folded': (text) => `${text} reads the same as another term once folded: both hit together`,
  'rules-need-json': (text) => `a table can't hold rules; use a .json file. The column ${text} was skipped`,
  'missing-term': (text) => `a rule names an entry that the lexicon doesn't have: ${text}`,
  'disabled-left-out': (text) => `${text} is switched off, so it was left out`,
  'rules-left-out': (text) => `${text} is a rule, which needs a .json; it was left out`,
  'options-left-out': (text) => `${text} has options that need a .json; they were left out`,
  more: (text) => `${text} more warnings are not listed`,
};

/** A warning of a lexicon file as a sentence, with the place in the file. */
export function describeFileWarning(file: string, warning: LexiconWarning): string {
  const place = warning.line === null ? file : `${file}:${warning.line}`;
  const number = warning.number === undefined ? '' : `term number ${warning.number}: `;
  return `${place}: ${number}${describeWarning(warning)}`;
}

/** A warning of a lexicon file as a sentence, without its line. */
function describeWarning({ kind, text, other }: LexiconWarning): string {
  const known = lexiconWarningKinds.find((each) => each === kind);
  if (known === 'more') return warnings.more(text);
  if (known === 'same-when-folded' && other !== undefined)
    return `${quoted(text)} reads the same as ${quoted(other)} once folded: both hit together`;
  return known === undefined ? `${kind}: ${text}` : warnings[known](quoted(text));
}

const reasons: Readonly<Record<PatternFault['reason'] | Contradiction, string>> = {
  'look-around': 'look-ahead and look-behind are not supported',
  'back-reference': String.raw`back references (\1, \k<…>) are not supported`,
  'missing-bracket': 'a bracket has no partner',
  'repeats-nothing': 'a repeat has nothing in front of it to repeat, or follows another',
  'too-many-repeats': 'the number of repeats is wrong: at most 1000, the first number not above the second',
  'bad-range': String.raw`a range in brackets or the name in \p{…} is wrong`,
  'bad-escape': 'the character behind a backslash is wrong',
  'same-group-name': 'two groups have the same name',
  'pattern-syntax': "it can't be read",
  'pattern-too-large': 'it is too large; repeat less, or make several of it',
  'matches-nothing': 'it matches where nothing stands; ask for one character at least',
  'exempts-itself': 'an exemption is the entry itself, so it never hits',
  'fold-on-and-off': 'the same fold is switched on and off',
  'hours-empty': 'the hours begin and end at the same time',
  'scope-empty': 'a list of its scope is empty, so it never applies',
  'allow-and-deny': 'the same domain is allowed and denied',
  'requires-itself': 'what it requires is its own condition, so it never hits',
  'near-itself': 'it asks for something right beside itself',
  'example-both': 'the same example has to hit and must not',
};

/** What keeps an entry or a lexicon's settings from working, as a sentence that begins with the entry. */
export function describeProblem({ kind, entry, detail }: RuleProblem): string {
  const name = quoted(entry);
  switch (kind) {
    case 'missing-term':
      return `${name} names the entry ${quoted(detail)}, which is not in this lexicon, or is switched off`;
    case 'rule-refers-to-itself':
      return `${name} refers to itself by way of ${quoted(detail)}`;
    case 'rule-names-itself':
      return `${name} refers to itself`;
    case 'bad-pattern':
      return `${name} has a wrong regular expression: ${reasonOf(detail)}`;
    case 'contradiction':
      return `${name} contradicts itself: ${reasonOf(detail)}`;
    case 'component-of-several':
      return `the lexicon's components take ${quoted(detail)} apart, which is more than one character; make a component of each`;
    case 'component-cycle':
      return `the lexicon's components take ${quoted(detail)} apart into parts that lead back to it`;
    case 'unknown-alias':
      return `"aliasesOff" of the lexicon's settings has ${quoted(detail)}, which is not in the built-in table; remove it`;
    case 'bad-domain':
      return `${name}: ${quoted(detail)} is not a domain; write it like example.com, without scheme and path`;
    case 'unpaired-surrogate':
      return `${entry === '' ? "the lexicon's aliases, aliasesOff or components" : name} has half a character in it (${detail}), which says nothing`;
    case 'example-fails':
      return `${name} fails its example ${quoted(detail)}`;
  }
}

function reasonOf(detail: string): string {
  return Object.entries(reasons).find(([reason]) => reason === detail)?.[1] ?? detail;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
