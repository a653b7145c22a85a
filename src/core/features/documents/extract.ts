import { readFile, stat } from 'node:fs/promises';

import { decodeBytes } from '../../platform/text-encoding.ts';
import type { Block } from '../reviews/material/contract.ts';
import { type CodeReader, createCodeReader } from './codes.ts';
import { readDocxBody, readSideTexts, readZipPictures } from './docx.ts';
import { fittingBlocks, readHtml } from './html.ts';
import { maxFileBytes, maxLinks, maxTextBytes, maxTextLength, softTimeLimit } from './limits.ts';
import type { DocumentProblem, ExtractedDocument } from './model.ts';
import { readPdf } from './pdf.ts';
import { type Recognised, looksZipped, recognise } from './recognise.ts';
import { readWorkbook } from './xlsx.ts';
import { UnreadableDocument, type ZipParts, openZip } from './zip-parts.ts';

// Runs in the thread of one file: what goes wrong here ends with it.

const unknown: Recognised = { kind: 'other', mediaType: 'application/octet-stream', problem: null };

/** A document with nothing in it but why. */
export function unread(problem: DocumentProblem, what: Recognised = unknown): ExtractedDocument {
  const { kind, mediaType } = what;
  return { kind, mediaType, text: '', pages: null, codes: [], links: [], problems: [problem] };
}

/** Text, codes and links of a file. Never throws for what is in it: `problems` says what could not be read. */
export async function extractFile(path: string): Promise<ExtractedDocument> {
  return guarded(path, unread, async (bytes, what, parts) => {
    const codes = createCodeReader();
    const startedAt = performance.now();
    const isOver = () => performance.now() - startedAt > softTimeLimit;
    const read = await readKind(bytes, what, parts, codes, isOver);
    const problems = new Set([...read.problems, ...codes.problems]);
    const text = wellFormed(read.text);
    if (text.length > maxTextLength) problems.add('text-cut');
    // A picture has no text that could be missing; everything else has.
    if (text.trim() === '' && what.kind !== 'image' && problems.size === 0) problems.add('no-text');
    return {
      kind: what.kind,
      mediaType: what.mediaType,
      text: text.slice(0, maxTextLength),
      pages: read.pages,
      codes: codes.codes,
      links: read.links.slice(0, maxLinks),
      problems: [...problems],
    };
  });
}

/** A DOCX or HTML file as blocks of a draft: headings, lists, quotes, tables as lines, marks, safe links. No pictures. */
export interface ImportedBlocks {
  readonly blocks: readonly Block[];
  readonly problems: readonly DocumentProblem[];
}

/** As ImportedBlocks says; text files by lines. Never throws for what is in the file. */
export async function extractBlocks(path: string): Promise<ImportedBlocks> {
  const refused = (problem: DocumentProblem): ImportedBlocks => ({ blocks: [], problems: [problem] });
  return guarded(path, refused, async (bytes, what) => {
    let found;
    if (what.kind === 'docx') found = (await readDocxBody(bytes)).blocks;
    else if (what.kind === 'html') found = readHtml(textOf(bytes)).blocks;
    else if (what.kind === 'text')
      found = textOf(bytes)
        .split(/\r\n|\r|\n/)
        .map((line) => ({
          kind: 'paragraph' as const,
          level: 0,
          runs: line === '' ? [] : [{ text: line, marks: [], href: '' }],
        }));
    else throw new UnreadableDocument('unsupported');
    const { blocks, isCut } = fittingBlocks(found);
    return { blocks, problems: isCut ? ['text-cut'] : blocks.length === 0 ? ['no-text'] : [] };
  });
}

/** Reads the file within its limits, tells what it is, and turns whatever its reader throws into a problem. */
async function guarded<Result>(
  path: string,
  refused: (problem: DocumentProblem, what?: Recognised) => Result,
  read: (bytes: Buffer, what: Recognised, parts: ZipParts | null) => Promise<Result>,
): Promise<Result> {
  if ((await stat(path)).size > maxFileBytes) return refused('too-large');
  const bytes = await readFile(path);
  let what = unknown;
  try {
    if (looksZipped(bytes)) what = { ...unknown, mediaType: 'application/zip' };
    const parts = looksZipped(bytes) ? await openZip(bytes) : null;
    what = recognise(bytes, parts?.names ?? null);
    if (what.problem !== null) return refused(what.problem, what);
    if ((what.kind === 'text' || what.kind === 'html') && bytes.length > maxTextBytes)
      return refused('too-large', what);
    return await read(bytes, what, parts);
  } catch (error) {
    // Libraries throw all sorts of things at a broken file, stack overflows at a nested one.
    return refused(error instanceof UnreadableDocument ? error.problem : 'broken', what);
  }
}

interface ReadText {
  readonly text: string;
  readonly pages: number | null;
  readonly links: readonly string[];
  readonly problems: readonly DocumentProblem[];
}

async function readKind(
  bytes: Buffer,
  what: Recognised,
  parts: ZipParts | null,
  codes: CodeReader,
  isOver: () => boolean,
): Promise<ReadText> {
  const nothing: ReadText = { text: '', pages: null, links: [], problems: [] };
  switch (what.kind) {
    case 'docx': {
      const { blocks, links } = await readDocxBody(bytes);
      const lines = blocks.map(({ runs }) => runs.map((run) => run.text).join(''));
      if (parts !== null) {
        lines.push(...(await readSideTexts(parts)));
        await readZipPictures(parts, codes);
      }
      return { ...nothing, text: lines.join('\n'), links };
    }
    case 'xlsx': {
      const { text, links } = await readWorkbook(bytes);
      const side = parts === null ? [] : await readSideTexts(parts);
      if (parts !== null) await readZipPictures(parts, codes);
      return { ...nothing, text: [text, ...side].join('\n'), links };
    }
    case 'pdf':
      return readPdf(bytes, codes, isOver);
    case 'html': {
      const { blocks, links, pictures } = readHtml(textOf(bytes));
      for (const [index, picture] of pictures.entries()) await codes.readImage(picture, index + 1);
      const lines = blocks.map(({ runs }) => runs.map((run) => run.text).join(''));
      return { ...nothing, text: lines.join('\n'), links };
    }
    case 'text':
      return { ...nothing, text: textOf(bytes).replaceAll(/\r\n?/g, '\n') };
    case 'image':
      await codes.readImage(bytes, 0);
      return nothing;
    case 'other':
      return { ...nothing, problems: ['unsupported'] };
  }
}

function textOf(bytes: Buffer): string {
  if (bytes.length === 0) return '';
  const decoded = decodeBytes(bytes);
  if (decoded === null) throw new UnreadableDocument('broken');
  return decoded.text;
}

/** Without what no text has: NUL, which SQLite ends a text at, and unpaired surrogates, which UTF-8 can't hold. */
function wellFormed(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
