import type { FixtureMessage } from './hits-fixture.ts';

/** Noon in Shanghai on 2026-03-02. */
export const noon = Date.UTC(2026, 2, 2, 4);

export interface ChatLine {
  readonly from: string;
  readonly to?: string;
  readonly room?: string;
  /** Seconds after noon. */
  readonly at: number;
  readonly text: string;
}

/** Text messages of a chat, in the order given; ids count on from `first`. */
export function chat(lines: readonly ChatLine[], first = 0): readonly FixtureMessage[] {
  return lines.map(({ from, to = '', room = '', at, text }, index) => ({
    message: {
      msgid: `chat-${String(first + index).padStart(6, '0')}`,
      action: 'send',
      from,
      tolist: [to === '' ? (from.startsWith('wm') ? 'jingli.a' : 'wmKehuA') : to],
      roomid: room,
      msgtime: noon + at * 1_000,
      msgtype: 'text',
      text: { content: text },
    },
    fields: [{ path: 'text.content', text }],
  }));
}
