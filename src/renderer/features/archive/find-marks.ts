import { searchPattern } from '../../../core/features/archive/model.ts';
import type { Mark } from './highlight.ts';
import type { MarksByField } from './message-body.tsx';
import type { Message } from './message-item.tsx';

type Searched = Pick<Message, 'fields'>;
type MarksOf = (message: Searched, current: boolean) => MarksByField | undefined;

/** More matches than this in one field are not set off: a search for a single letter would mark a page of them. */
const mostMarks = 200;

/**
 * Where messages hold the words that were searched for, by the search's own rules of case and width. Answers the same
 * object for the same message, so that only messages that change are drawn again.
 */
export function createFindMarks(words: string): MarksOf {
  if (words === '') return () => undefined;
  const pattern = new RegExp(searchPattern(words), 'gu');
  const known = {
    strong: new WeakMap<Searched, MarksByField>(),
    light: new WeakMap<Searched, MarksByField>(),
  };
  return (message, current) => {
    const strength = current ? 'strong' : 'light';
    const before = known[strength].get(message);
    if (before) return before;
    const marks = new Map(
      message.fields.map((field) => [field.path, marksIn(field.text, pattern, strength)] as const),
    );
    known[strength].set(message, marks);
    return marks;
  };
}

function marksIn(text: string, pattern: RegExp, strength: Mark['strength']): readonly Mark[] {
  const marks: Mark[] = [];
  for (const match of text.matchAll(pattern)) {
    marks.push({ start: match.index, end: match.index + match[0].length, strength });
    if (marks.length === mostMarks) break;
  }
  return marks;
}
