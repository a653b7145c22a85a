import { expect, test } from 'vitest';

import { contentSecurityPolicy, createNonce, withNonce } from './content-security-policy.ts';

test('a page may load and run its own files only, and evaluate nothing', () => {
  const policy = contentSecurityPolicy('n0nce');
  const directives = new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources.join(' ')] as const;
    }),
  );
  expect(directives.get('default-src')).toBe("'none'");
  expect(directives.get('script-src')).toBe("'self'");
  expect(directives.get('style-src')).toBe("'self' 'nonce-n0nce'");
  for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
    expect(directives.get(name)).toBe("'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
});

test('the nonce has 128 bits of the given randomness, and replaces every placeholder', () => {
  const nonce = createNonce((size) => new Uint8Array(size).fill(255));
  expect(nonce).toBe('_____________________w');
  expect(withNonce('<meta content="__CSP_NONCE__"><style nonce="__CSP_NONCE__">', nonce)).toBe(
    `<meta content="${nonce}"><style nonce="${nonce}">`,
  );
});
