/** The scheme that the window's page comes from. `file://` would give the page rights that a web page doesn't have. */
export const scheme = 'app';
const host = 'countersign';

/** Where the renderer comes from, and what belongs to it. */
export interface Page {
  /** What the window loads. */
  readonly url: string;
  readonly origin: string;
  /** Whether it is served by the development server. */
  readonly development: boolean;
  /** Whether a URL has the page's own origin. Anything that can't be parsed has not. */
  owns(url: string): boolean;
  /** Whether it is a blob that the page itself made. */
  ownsBlob(url: string): boolean;
}

/** The page: `app://countersign/`, or the development server's where one is given. */
export function describePage(developmentUrl: string | undefined): Page {
  const url = developmentUrl ?? `${scheme}://${host}/`;
  const origin = originOf(url);
  if (origin === null) throw new Error('ELECTRON_RENDERER_URL is no URL.');
  return {
    url,
    origin,
    development: developmentUrl !== undefined,
    owns: (candidate) => originOf(candidate) === origin,
    ownsBlob: (candidate) => candidate.startsWith(`blob:${origin}/`),
  };
}

/** `URL.origin` is `null` for schemes of our own; and a URL that carries a user name is none of ours. */
function originOf(url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return null;
  return `${parsed.protocol}//${parsed.host}`;
}
