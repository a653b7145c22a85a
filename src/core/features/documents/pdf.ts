import type { CodeReader } from './codes.ts';
import { maxLinks, maxPages, maxPixels, maxTextLength } from './limits.ts';
import type { DocumentProblem } from './model.ts';
import { drawFills } from './pdf-drawing.ts';
import { joinLines } from './pdf-lines.ts';
import { UnreadableDocument } from './zip-parts.ts';

export interface ReadPdf {
  readonly text: string;
  readonly pages: number;
  readonly links: readonly string[];
  readonly problems: readonly DocumentProblem[];
}

type Pdf = Awaited<ReturnType<(typeof import('unpdf'))['getDocumentProxy']>>;
type Page = Awaited<ReturnType<Pdf['getPage']>>;

/**
 * Text, links and codes of a PDF, page by page. Throws UnreadableDocument `encrypted` or `broken`; what is beyond a limit, or
 * comes after `isOver`, is left out and named.
 */
export async function readPdf(bytes: Uint8Array, codes: CodeReader, isOver: () => boolean): Promise<ReadPdf> {
  const { getDocumentProxy, getResolvedPDFJS } = await import('unpdf');
  const { OPS } = await getResolvedPDFJS();
  let pdf: Pdf;
  try {
    // The library takes the bytes over. Nothing is fetched, no font is loaded, no JavaScript compiled.
    pdf = await getDocumentProxy(new Uint8Array(bytes), {
      maxImageSize: maxPixels,
      useSystemFonts: false,
      disableFontFace: true,
      useWorkerFetch: false,
      enableXfa: false,
      stopAtErrors: false,
      verbosity: 0,
    });
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw new UnreadableDocument(isLocked ? 'encrypted' : 'broken', error);
  }
  const problems = new Set<DocumentProblem>();
  const texts: string[] = [];
  const links = new Set<string>();
  let length = 0;
  if (pdf.numPages > maxPages) problems.add('too-many-pages');
  for (let number = 1; number <= Math.min(pdf.numPages, maxPages); number += 1) {
    if (isOver()) {
      problems.add('time-out');
      break;
    }
    if (length > maxTextLength) {
      problems.add('text-cut');
      break;
    }
    try {
      const page = await pdf.getPage(number);
      const text = await textOfPage(page, links);
      texts.push(text);
      length += text.length;
      await codesOfPage(page, number, OPS, codes);
      page.cleanup();
    } catch {
      // One page that can't be read doesn't hide the others.
      problems.add('broken');
    }
  }
  await pdf.loadingTask.destroy();
  return {
    text: texts.filter((text) => text !== '').join('\n'),
    pages: pdf.numPages,
    links: [...links],
    problems: [...problems],
  };
}

async function textOfPage(page: Page, links: Set<string>): Promise<string> {
  const content = await page.getTextContent();
  const items = content.items.flatMap((item) =>
    'str' in item
      ? [
          {
            text: item.str,
            x: Number(item.transform[4]),
            y: Number(item.transform[5]),
            width: item.width,
            height: item.height,
            endsLine: item.hasEOL,
          },
        ]
      : [],
  );
  const lines = [joinLines(items)];
  const annotations: readonly Record<string, unknown>[] = await page.getAnnotations();
  for (const { subtype, url, unsafeUrl, contentsObj, fieldValue } of annotations) {
    const address = typeof url === 'string' ? url : unsafeUrl;
    if (typeof address === 'string' && address !== '' && links.size < maxLinks) links.add(address);
    // Text that was typed over the page, and what stands in the fields of a form.
    if (subtype === 'FreeText' && isText(contentsObj)) lines.push(contentsObj.str);
    if (subtype === 'Widget' && typeof fieldValue === 'string') lines.push(fieldValue);
  }
  return lines.filter((line) => line.trim() !== '').join('\n');
}

function isText(value: unknown): value is { readonly str: string } {
  return typeof value === 'object' && value !== null && 'str' in value && typeof value.str === 'string';
}

/** Codes in pictures and stencils that the page paints, each once, and in what it draws. */
async function codesOfPage(
  page: Page,
  number: number,
  OPS: Readonly<Record<string, number>>,
  codes: CodeReader,
): Promise<void> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const drawn = drawFills({ fnArray, argsArray }, OPS, page.view);
  if (drawn !== null) await codes.readPixels(drawn, number);
  const seen = new Set<string>();
  for (const [index, operation] of fnArray.entries()) {
    const [first]: readonly unknown[] = argsArray[index] ?? [];
    if (operation === OPS['paintInlineImageXObject']) await readObject(first, number, codes);
    else if (
      operation === OPS['paintImageXObject'] ||
      operation === OPS['paintImageMaskXObject'] ||
      operation === OPS['paintImageXObjectRepeat']
    ) {
      const name = typeof first === 'string' ? first : nameOf(first);
      if (name === null) await readObject(first, number, codes);
      else if (!seen.has(name)) {
        seen.add(name);
        const objects = name.startsWith('g_') ? page.commonObjs : page.objs;
        await readObject(await arrival((resolve) => objects.get(name, resolve)), number, codes);
      }
    }
  }
}

/** PDF.js tells of an object when it comes; one that never does must not hold up the rest of the file. */
function arrival(ask: (resolve: (value: unknown) => void) => void): Promise<unknown> {
  return new Promise((resolve) => {
    const patience = setTimeout(() => resolve(null), 5_000);
    ask((value) => {
      clearTimeout(patience);
      resolve(value);
    });
  });
}

/** A stencil's data is given by name where it is used more than once. */
function nameOf(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'data' in value && typeof value.data === 'string'
    ? value.data
    : null;
}

async function readObject(value: unknown, page: number, codes: CodeReader): Promise<void> {
  if (typeof value !== 'object' || value === null) return;
  if (!('width' in value && 'height' in value && 'data' in value)) return;
  const { width, height, data } = value;
  if (typeof width !== 'number' || typeof height !== 'number') return;
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) return;
  await codes.readPixels({ width, height, data }, page);
}
