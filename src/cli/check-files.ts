import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';

import { AppError } from '../core/contract/errors.ts';
import { type CalendarDay, ProductId, TermKey } from '../core/contract/ids.ts';
import { readDocumentFile } from '../core/features/documents/index.ts';
import type { DocumentProblem, ExtractedDocument } from '../core/features/documents/model.ts';
import { newSettings, readStarterPacks } from '../core/features/lexicons/index.ts';
import { type RegisteredProduct, productTypeOf, readProductFile } from '../core/features/products/index.ts';
import type { MaterialType } from '../core/features/reviews/material/model.ts';
import {
  type SubjectProduct,
  compileScreens,
  createEngine,
  sentenceOf,
  subjectOfDocument,
} from '../core/features/reviews/precheck/index.ts';
import type { PrecheckFinding } from '../core/features/reviews/precheck/model.ts';
import { isDomainName } from '../core/features/screening/index.ts';
import { resourcesDirectory } from './environment.ts';

export interface CheckSetUp {
  check(file: string, document: ExtractedDocument, today: CalendarDay): readonly PrecheckFinding[];
  sentenceOf(finding: PrecheckFinding): string;
}

/** Compiles what files are checked with. Throws AppError for an unknown product, a wrong domain, an unreadable register. */
export async function setUpCheck(
  options: {
    readonly type?: MaterialType | undefined;
    readonly product?: string | undefined;
    readonly products?: string | undefined;
    readonly allow?: readonly string[] | undefined;
  },
  warn: (line: string) => void,
): Promise<CheckSetUp> {
  const domains = options.allow ?? [];
  const wrong = domains.find((domain) => !isDomainName(domain));
  if (wrong !== undefined) {
    throw new AppError(
      'bad-input',
      `${wrong} is no domain. Write it like example.com, without scheme and path.`,
    );
  }
  const products = options.products === undefined ? [] : await readRegister(options.products, warn);
  const product = productOf(options.product, products);
  const packs = await readStarterPacks(resourcesDirectory());
  const screens = compileScreens(
    packs.map(({ name, terms }, pack) => ({
      name: name.zh,
      settings: newSettings,
      terms: terms.map((term, index) => ({ ...term, key: TermKey.parse(numbered(pack, index)) })),
    })),
    [],
  );
  const engine = createEngine({ screens, products, domains });
  return {
    check: (file, document, today) =>
      engine.check(
        subjectOfDocument(document, { file: basename(file), product, intended: options.type ?? null }),
        today,
      ),
    sentenceOf,
  };
}

/** An id that is the same in each run: nothing of it is kept. */
function numbered(group: number, index: number): string {
  return `00000000-0000-7000-8000-${(group * 2 ** 24 + index).toString(16).padStart(12, '0')}`;
}

async function readRegister(file: string, warn: (line: string) => void): Promise<RegisteredProduct[]> {
  const read = await readProductFile(await bytesOf(file), basename(file));
  for (const { line, reason, detail } of read.refused)
    warn(`${file}:${line}: passed over: ${reason}${detail === '' ? '' : `: ${detail}`}`);
  if (read.refusedTotal > read.refused.length)
    warn(`${file}: ${read.refusedTotal - read.refused.length} more rows were passed over`);
  return read.products.map(({ risk: _risk, currency: _currency, sheet: _sheet, ...product }, index) => ({
    ...product,
    id: ProductId.parse(numbered(0, index)),
    state: 'active' as const,
  }));
}

function productOf(written: string | undefined, products: readonly RegisteredProduct[]): SubjectProduct {
  if (written === undefined) return { id: null, name: '', type: null };
  const product = products.find(({ code }) => code === written);
  if (product !== undefined) return { id: product.id, name: product.name, type: product.type };
  const type = productTypeOf(written);
  if (type !== null) return { id: null, name: '', type };
  throw new AppError(
    'bad-input',
    `${written} is neither a product type nor the code of a product in --products. Types are ` +
      'wealth-management (理财), fund (基金), deposit (存款), insurance (保险), precious-metal (贵金属), loan (贷款), ' +
      'credit-card (信用卡), other (其他).',
  );
}

async function bytesOf(file: string): Promise<Uint8Array> {
  await statOf(file);
  return readFile(file);
}

async function statOf(file: string): Promise<void> {
  const facts = await stat(file).catch((error: unknown) => {
    throw new AppError(
      'file-unreadable',
      `${file}: there is no such file, or it can't be read.`,
      { file },
      error,
    );
  });
  if (facts.isDirectory())
    throw new AppError('file-is-directory', `${file}: this is a folder; name a file.`, { file });
}

/** Why nothing could be read of a file, and what to do. */
const reasons: Readonly<Record<DocumentProblem, string>> = {
  encrypted: 'it has a password. Save it without one',
  broken: 'it is damaged, or not what its name says. Save it again',
  'too-large': 'it is too large. Split it',
  'archive-bomb': 'it unpacks to far more than a document does',
  'image-too-large': 'the picture is too large. Save it smaller',
  'too-many-pages': 'it has too many pages. Split it',
  'text-cut': 'its text is too long. Split it',
  'time-out': 'reading it took too long. Split it',
  'no-text': 'it has no text that can be read. Check it by hand',
  unsupported: 'files of its kind are not read. Save it as text, HTML, DOCX or PDF',
};

/** The text, links and codes of a file. Throws AppError, naming the file, where nothing can be read of it. */
export async function readForCheck(file: string): Promise<ExtractedDocument> {
  await statOf(file);
  const document = await readDocumentFile(file);
  const { text, codes, links, problems } = document;
  if (text.trim() !== '' || codes.length > 0 || links.length > 0) return document;
  const [problem = 'no-text'] = problems;
  throw new AppError('file-unreadable', `${file}: ${reasons[problem]}.`, { file, problem });
}
