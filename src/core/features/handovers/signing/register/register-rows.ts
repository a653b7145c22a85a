import type { FrozenFinding, FrozenHandover, FrozenRow } from '../document.ts';
import { procedureSentence, procedureTitle, whySentence } from '../../sheet/model.ts';
import { findingSentence, findingTitle } from '../../timeline/model.ts';
import { type HandoverClass, handoverClasses, handoverWords, nameIn, outcomes } from '../../model.ts';
import type { HandoverWords } from '../../words.ts';
import type { Language } from '../../../../contract/language.ts';
import { type RegisterTexts, registerTexts } from './register-texts.ts';

/** How a register writes times, names and sources. */
export interface RegisterFormat {
  readonly texts: RegisterTexts;
  readonly words: HandoverWords;
  readonly language: Language;
  /** With the minute. */
  time(at: number): string;
  day(at: number): string;
  /** Of a record that may name a day only: then the day is all that is written. */
  moment(at: number): string;
  /** `苏梅 (sumei)`; the userid alone while nobody named them. */
  person(userid: string): string;
}

export function registerFormat(
  handover: Pick<FrozenHandover, 'timeZone' | 'names'>,
  language: Language,
): RegisterFormat {
  const { timeZone, names } = handover;
  // 2026-03-31 10:07: short enough for a column, and read alike in both languages.
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  return {
    texts: registerTexts[language],
    words: handoverWords[language],
    language,
    time: (at) => time.format(at),
    day: (at) => day.format(at),
    // What holds for a whole day stands at its midnight; nothing is handed over at midnight sharp.
    moment: (at) => time.format(at).replace(/ 00:00$/, ''),
    person(userid) {
      const name = nameIn(names, userid);
      return name === '' || name === userid ? userid : `${name} (${userid})`;
    },
  };
}

/** Outcomes that somebody should look at, before those that are settled. */
const urgency = new Map(
  (
    [
      'unexplained',
      'waiting',
      'refused',
      'takerAtLimit',
      'deletedByLeaver',
      'deletedByCustomer',
      'invalid',
      'takenOver',
    ] as const satisfies readonly (typeof outcomes)[number][]
  ).map((outcome, index) => [outcome, index] as const),
);

/** What somebody must look at before anything is signed. */
export function isUrgent(row: FrozenRow): boolean {
  return row.outcome === 'unexplained' || row.conflict;
}

/** What needs a person comes first: the unexplained and contradictory, then by outcome, then by id. */
export function inRegisterOrder(rows: readonly FrozenRow[]): readonly FrozenRow[] {
  const rank = (row: FrozenRow) =>
    row.outcome === 'unexplained' ? -2 : row.conflict ? -1 : (urgency.get(row.outcome) ?? 0);
  return rows.toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** The classes that have something to list. */
export function filledClasses(handover: FrozenHandover): readonly HandoverClass[] {
  return handoverClasses.filter((key) => handover.classes[key].rows.length > 0);
}

/** Why the row has its outcome, in a sentence. */
export function reasonOf(row: FrozenRow, { language, person }: RegisterFormat): string {
  return whySentence(row, person, language);
}

/** The records that a row's outcome rests on: the newest `most`, as file and line. */
export function basisOf(row: FrozenRow, { texts, words }: RegisterFormat, most: number): string {
  return row.sources
    .slice(-most)
    .toReversed()
    .map((source) =>
      source.type === 'app'
        ? `${texts.inApp} · ${source.by}`
        : `${words.feed[source.feed]} ${source.file}:${source.line}`,
    )
    .join('\n');
}

/** What the state column adds to the outcome's name. */
export function marksOf(row: FrozenRow, { words }: RegisterFormat): readonly string[] {
  return [row.conflict ? words.mark.conflict : '', row.late ? words.mark.late : ''].filter(
    (mark) => mark !== '',
  );
}

/** A finding's title and its sentence: a sign of the timeline, or a rule of procedure that was broken. */
export function findingWords(
  { kind, values }: Pick<FrozenFinding, 'kind' | 'values'>,
  { language, person }: RegisterFormat,
): { readonly title: string; readonly sentence: string } {
  const { employee } = values;
  const named = {
    kind,
    values: typeof employee === 'string' ? { ...values, employee: person(employee) } : values,
  };
  const sentence = findingSentence(named, language);
  return sentence === ''
    ? { title: procedureTitle(kind, language), sentence: procedureSentence(named, language) }
    : { title: findingTitle(kind, language), sentence };
}

/** Who dismissed a finding, when and why; empty where nobody has. */
export function dismissalWords(
  { dismissed }: Pick<FrozenFinding, 'dismissed'>,
  { texts, time }: RegisterFormat,
): string {
  return dismissed === null ? '' : texts.dismissed(dismissed.by, time(dismissed.at), dismissed.reason);
}
