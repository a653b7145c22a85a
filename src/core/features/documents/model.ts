/** What a file is, by its bytes, never by its name alone. */
export const documentKinds = ['docx', 'xlsx', 'pdf', 'html', 'text', 'image', 'other'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Why a file could not be read, or not wholly; a key below `unread.` in precheck.json in the i18n files. */
export const documentProblems = [
  'encrypted',
  'broken',
  'too-large',
  'archive-bomb',
  'image-too-large',
  'too-many-pages',
  'text-cut',
  'time-out',
  'no-text',
  'unsupported',
] as const;
export type DocumentProblem = (typeof documentProblems)[number];

/** A QR or bar code that stands in a file. */
export interface FoundCode {
  readonly text: string;
  readonly format: string;
  /** The page or picture it stands on, from 1; 0 for a file that is one picture. */
  readonly page: number;
}

/** What was read of one file. The text is what a reader of it sees, paragraphs separated by `\n`. */
export interface ExtractedDocument {
  readonly kind: DocumentKind;
  readonly mediaType: string;
  readonly text: string;
  readonly pages: number | null;
  readonly codes: readonly FoundCode[];
  /** Addresses behind the document's links. */
  readonly links: readonly string[];
  /** Empty: read wholly. */
  readonly problems: readonly DocumentProblem[];
}

/** Grows whenever the same bytes may be read otherwise: what was read before is then read again. */
export const extractorVersion = 1;
