// What every host sends with the renderer's page, so that the Electron window and a browser hold it to the same rules.
//
// antd writes <style> elements while it runs. A nonce lets those in and no others: the host makes a new one for each
// load of index.html, puts it in the header and in place of the placeholder, and the renderer reads it from
// <meta name="csp-nonce" content="__CSP_NONCE__"> for antd's ConfigProvider.

/** What index.html has where the nonce belongs. */
export const noncePlaceholder = '__CSP_NONCE__';

/** The page with its nonce in place. */
export function withNonce(html: string, nonce: string): string {
  return html.replaceAll(noncePlaceholder, nonce);
}

/** The policy of a page whose own <style> elements carry `nonce`. Everything that isn't named is refused. */
export function contentSecurityPolicy(nonce: string): string {
  if (!/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(nonce)) throw new Error('A nonce is at least 16 base64 characters.');
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // data: and blob: are pictures of antd's own and previews of what the user brought in.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The headers of every answer, whatever it holds. */
export const commonSecurityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;
