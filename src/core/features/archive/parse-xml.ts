import { Parser } from 'htmlparser2';

import { EntryError, maximumDepth } from './json-cut.ts';

interface XmlElement {
  readonly name: string;
  text: string;
  readonly children: [string, unknown][];
}

/** One `<xml>…</xml>` as an object: an element's text, or its elements by their names. */
export function parseXml(bytes: Uint8Array, start: number, end: number): unknown {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
  const broken = (what: string) => new EntryError('broken-xml', what);
  if (!source.startsWith('<xml')) throw broken('text outside of an event');
  // One that was cut off in a text takes the next one into it.
  if (source.indexOf('</xml>') !== source.length - '</xml>'.length)
    throw broken('it does not end with its own </xml>');
  const stack: XmlElement[] = [];
  let root: unknown;
  let problem: EntryError | null = null;
  const parser = new Parser(
    {
      onopentag(name) {
        if (stack.length >= maximumDepth)
          problem ??= new EntryError('too-deep', `nested deeper than ${maximumDepth} levels`);
        else stack.push({ name, text: '', children: [] });
      },
      ontext(text) {
        const element = stack.at(-1);
        if (element !== undefined) element.text += text;
      },
      onclosetag(name, implied) {
        const element = stack.pop();
        // `<State/>` closes itself; anything else that is closed without a tag of its own is broken.
        const isOpen = implied && source[parser.endIndex - 1] !== '/';
        if (element === undefined || element.name !== name || isOpen) {
          problem ??= broken('an element is not closed');
          return;
        }
        const value = element.children.length === 0 ? element.text.trim() : childrenOf(element.children);
        const parent = stack.at(-1);
        if (parent === undefined) root = value;
        else parent.children.push([name, value]);
      },
      onerror(error) {
        problem ??= broken(error.message);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(source);
  if (problem !== null) throw problem;
  if (stack.length > 0 || root === undefined) throw broken('an element is not closed');
  return { xml: typeof root === 'string' ? {} : root };
}

function childrenOf(children: readonly [string, unknown][]): Readonly<Record<string, unknown>> {
  const values = new Map<string, unknown[]>();
  for (const [name, value] of children) {
    const before = values.get(name);
    if (before === undefined) values.set(name, [value]);
    else before.push(value);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}
