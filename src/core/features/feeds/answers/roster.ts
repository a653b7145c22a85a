import {
  type FeedRecord,
  type Reading,
  RecordRefusal,
  dataOf,
  idOf,
  isObject,
  makeFact,
  objectsOf,
  textOf,
} from '../records.ts';
import type { Answer } from './answer.ts';
import { readItems } from './items.ts';

/** `userlist[]` of user/list or `dept_user[]` of user/list_id: who is employed. */
export function readUsers(answer: Answer, reading: Reading): void {
  const { body } = answer;
  const list = [body['userlist'], body['dept_user']].find((value) => Array.isArray(value));
  const time = answer.day();
  const seen = new Set<string>();
  readItems(
    objectsOf(list),
    'roster',
    [makeFact('roster-list', time, {})],
    (entry): Pick<FeedRecord, 'facts' | 'names'> => {
      const employee = isObject(entry) ? idOf(entry, 'userid') : null;
      if (!isObject(entry) || employee === null)
        throw new RecordRefusal('no-employee', 'a member without userid');
      // list_id names somebody once for each department.
      if (seen.has(employee)) return { facts: [], names: [] };
      seen.add(employee);
      const name = textOf(entry, 'name').slice(0, 200);
      return {
        facts: [
          makeFact('employed', time, {
            employee,
            data: dataOf({ name, position: textOf(entry, 'position') }),
          }),
        ],
        names: name === '' ? [] : [{ externalId: employee, kind: 'employee', name }],
      };
    },
    reading,
  );
}
