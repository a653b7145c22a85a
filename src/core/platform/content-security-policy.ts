// What a page of ours may load and run, in both hosts: the server and the `app://` protocol send the same policy.
//
// antd writes its styles into <style> elements, which a strict policy allows only with a nonce. The page names it in
// `<meta name="csp-nonce">` (src/renderer/index.html, src/renderer/csp.ts); the host fills in a fresh one for every page
// it serves.

/** Stands in the built index.html where the nonce belongs. */
const noncePlaceholder = '__CSP_NONCE__';

/** Sent with everything that is no page: such a response loads nothing, even when somebody opens it on its own. */
export const inertPolicy = "default-src 'none'; frame-ancestors 'none'";

/** Sent with every answer of both hosts, whatever it holds. */
export const commonSecurityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/**
 * The policy of a page: everything comes from the page's own origin, nothing is evaluated, no other page may frame it.
 * React sets `style` through the DOM, which needs no `unsafe-inline`.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // Charts and icons are drawn to data: and blob: URLs.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A nonce of 128 random bits, as CSP Level 3 §7.2 asks for at least. */
export function createNonce(random: (size: number) => Uint8Array): string {
  return Buffer.from(random(16)).toString('base64url');
}

/** The page with its nonce filled in. */
export function withNonce(html: string, nonce: string): string {
  return html.replaceAll(noncePlaceholder, nonce);
}
