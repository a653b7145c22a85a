import { describe, expect, it } from 'vitest';

import { bytesOf, hexOf, textOf } from './raw-bytes.ts';

describe('the raw bytes of a quarantined entry', () => {
  const utf8 = new TextEncoder();
  const bytes = Uint8Array.from([...utf8.encode('{"text":"保本'), 0xff, 0xfe, ...utf8.encode('"}')]);

  it('come back from base64 to the byte', () => {
    expect(bytesOf(btoa(String.fromCharCode(...bytes)))).toEqual(bytes);
    expect(bytesOf('')).toHaveLength(0);
  });

  it('read as text with broken sequences marked', () => {
    expect(textOf(bytes)).toBe('{"text":"保本\u{FFFD}\u{FFFD}"}');
  });

  it('read as a dump of sixteen bytes a line', () => {
    const lines = hexOf(bytes).split('\n');
    expect(lines).toHaveLength(Math.ceil(bytes.length / 16));
    expect(lines[0]).toBe('00000000  7b 22 74 65 78 74 22 3a 22 e4 bf 9d e6 9c ac ff  {"text":".......');
  });
});
