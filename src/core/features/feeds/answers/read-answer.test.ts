import fc from 'fast-check';
import { expect, test } from 'vitest';

import { feedKinds, feedRefusals } from '../model.ts';
import { entryKindOf } from './recognise.ts';
import { readAnswer } from './read-answer.ts';

const circumstances = { asOf: null, fileDay: null, today: '2026-03-02', timeZone: 'Asia/Shanghai' };

/** Names that the readers look at, with anything below them. */
const names = [
  'errcode',
  'external_contact_list',
  'external_contact',
  'external_userid',
  'follow_info',
  'follow_user',
  'userid',
  'handover_userid',
  'takeover_userid',
  'group_chat_list',
  'group_chat',
  'chat_id',
  'member_list',
  'info',
  'customer',
  'status',
  'failed_chat_list',
  'chat_id_list',
  'record_list',
  'operation',
  'screen_shot_type',
  'oper_type',
  'time',
  'userlist',
  'xml',
  'Event',
  'ChangeType',
  'CreateTime',
  'ChatId',
  'UserID',
  'ExternalUserID',
  'request',
  'as_of',
  'tags',
  '__proto__',
];
const { value } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(
      'wmA',
      'wanglei',
      '',
      'change_external_contact',
      'change_external_chat',
      '2026-03-02',
      0,
      1,
      1772427906,
      null,
      true,
    ),
    fc.string({ maxLength: 300 }),
    fc.double(),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 6 }),
  value: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('list'), tie('object')),
}));

test('whatever an answer holds, it is read or refused, and every record says something whole', () => {
  fc.assert(
    fc.property(value, fc.option(fc.constantFrom(...feedKinds)), (answer, expected) => {
      expect([null, 'chat', ...feedKinds]).toContain(entryKindOf(answer));
      const { records, refused } = readAnswer(answer, expected, circumstances);
      for (const { feed, facts } of records) {
        expect(feedKinds).toContain(feed);
        if (expected !== null) expect(feed).toBe(expected);
        for (const { at, employee, item, taker, data } of facts) {
          expect(Number.isSafeInteger(at) && at >= 0).toBe(true);
          for (const id of [employee, item, taker])
            expect(id === null || (id !== '' && id.length <= 256)).toBe(true);
          expect(JSON.parse(JSON.stringify(data))).toEqual(data);
        }
      }
      for (const { reason, detail } of refused) {
        expect(feedRefusals).toContain(reason);
        expect(detail).not.toBe('');
      }
    }),
    {
      numRuns: 5_000,
      examples: [
        // Each was once taken for an id or a time, or ended the import.
        [{ handover_userid: { errcode: { external_contact_list: [] } } }, null],
        [{ failed_chat_list: [''] }, null],
        [{ chat_id_list: ['x'.repeat(300)], failed_chat_list: [] }, null],
        [{ errcode: { time: 1, userlist: [] } }, null],
      ],
    },
  );
});
