import type { Fact, PersonRow, TableKind } from '../model.ts';
import { type FactTime, RecordRefusal, dataOf, makeFact } from '../records.ts';
import { type Cells, codeStateOf, groupStatusOf, taskStateOf } from './cells.ts';

/** Makes rows of one table into facts. */
export interface RowReader {
  /** What the table as a whole states. */
  readonly whole: readonly Fact[];
  /** Throws RecordRefusal where a row can't be taken. */
  read(cells: Cells): { readonly facts: readonly Fact[]; readonly person?: PersonRow };
}

/** For each kind: `time` is the day that the table is of, `all` its rows. */
export const rowReaders: Readonly<Record<TableKind, (time: FactTime, all: readonly Cells[]) => RowReader>> = {
  roster: readRoster,
  customers: readCustomers,
  groups: (time) => ({
    whole: [makeFact('group-list', time, {})],
    read: (cells) => ({
      facts: [
        makeFact('group', time, {
          item: cells.needId('item'),
          employee: cells.id('employee'),
          code: groupStatusOf(cells.text('state')),
          data: dataOf({
            name: cells.text('name'),
            created: cells.at('addedAt'),
            members: numberOf(cells.text('members')),
          }),
        }),
      ],
    }),
  }),
  unassigned: (time) => ({
    whole: [],
    read: (cells) => ({
      facts: [
        makeFact('unassigned', cells.time('lastDay') ?? time, {
          item: cells.needId('item'),
          employee: cells.needId('employee'),
        }),
      ],
    }),
  }),
  'live-codes': (time) => ({
    whole: [makeFact('live-code-list', time, {})],
    read(cells) {
      const item = cells.id('item') ?? cells.needId('name');
      const code = codeStateOf(cells.text('state'));
      const employees = cells.ids('employees');
      const data = dataOf({ name: cells.text('name') });
      return {
        facts: (employees.length === 0 ? [null] : employees).map((employee) =>
          makeFact('live-code', time, { item, employee, code, data }),
        ),
      };
    },
  }),
  'sop-tasks': (time) => ({
    whole: [makeFact('task-list', time, {})],
    read(cells) {
      const customer = cells.text('customer');
      // A task without an id is known by its title and its customer: who has it may change.
      const item =
        cells.id('item') ??
        (customer === '' ? cells.needId('name') : `${cells.needId('name')} · ${customer}`);
      return {
        facts: [
          makeFact('task', time, {
            item,
            employee: cells.id('employee'),
            code: taskStateOf(cells.text('state')),
            otherAt: cells.at('dueAt'),
            data: dataOf({ name: cells.text('name'), customer }),
          }),
        ],
      };
    },
  }),
  'file-leaks': () => ({
    whole: [],
    read: (cells) => ({
      facts: [
        makeFact('file-leak', timeOf(cells), {
          employee: cells.needId('employee'),
          code: orNull(cells.text('operation')),
          detail: orNull(cells.text('file')),
          data: dataOf({
            size: numberOf(cells.text('size')),
            externalUser: cells.text('customer'),
            device: cells.text('device'),
          }),
        }),
      ],
    }),
  }),
  screenshots: () => ({
    whole: [],
    read: (cells) => ({
      facts: [
        makeFact('screenshot', timeOf(cells), {
          employee: cells.needId('employee'),
          code: orNull(cells.text('operation')),
          detail: orNull(cells.text('detail')),
          data: dataOf({ system: cells.text('device') }),
        }),
      ],
    }),
  }),
  'member-log': () => ({
    whole: [],
    read: (cells) => ({
      facts: [
        makeFact('member-log', timeOf(cells), {
          employee: cells.needId('employee'),
          code: orNull(cells.text('operation')),
          detail: orNull(cells.text('detail')),
          data: dataOf({ device: cells.text('device') }),
        }),
      ],
    }),
  }),
};

/**
 * A roster, or a list of departures. Where every row has a last day it is the latter: then it says nothing of who is employed, or
 * everybody else would seem to have gone.
 */
function readRoster(time: FactTime, all: readonly Cells[]): RowReader {
  const leavesOnly = all.length > 0 && all.every((cells) => cells.text('lastDay') !== '');
  return {
    whole: leavesOnly ? [] : [makeFact('roster-list', time, {})],
    read(cells) {
      const person = personOf(cells, 'employee');
      const { externalId, name, branch, position } = person;
      const facts: Fact[] = [];
      if (!leavesOnly) {
        const data = dataOf({ name, branch, position });
        facts.push(makeFact('employed', time, { employee: externalId, data }));
      }
      if (cells.text('lastDay') !== '') facts.push(departureOf(cells, externalId));
      return { facts, person };
    },
  };
}

function departureOf(cells: Cells, employee: string): Fact {
  const lastDay = cells.time('lastDay');
  if (lastDay === null) throw new RecordRefusal('no-time', 'the last day is no date');
  const takers = cells.ids('taker');
  return makeFact('departure', lastDay, {
    employee,
    taker: takers[0] ?? null,
    detail: orNull(cells.text('reason')),
    data: dataOf({
      name: cells.text('name'),
      takers: takers.length > 1 ? takers : null,
      supervisor: cells.id('supervisor'),
    }),
  });
}

/** Customers; where a column says whose they are, the lists of these employees. */
function readCustomers(time: FactTime, all: readonly Cells[]): RowReader {
  const employees = new Set(all.flatMap(employeesOf));
  return {
    whole: [...employees].map((employee) => makeFact('list', time, { employee })),
    read(cells) {
      const person = personOf(cells, 'item');
      const facts = cells.ids('employee').map((employee) =>
        makeFact('listed', time, {
          employee,
          item: person.externalId,
          otherAt: cells.at('addedAt'),
          data: dataOf({
            name: person.name,
            remark: cells.text('remark'),
            tags: cells
              .text('tags')
              .split(/[,，、;；|]+/u)
              .map((tag) => tag.trim())
              .filter((tag) => tag !== '')
              .toSorted(),
          }),
        }),
      );
      return { facts, person };
    },
  };
}

/** The employees of a row; none of one that will be refused for them. */
function employeesOf(cells: Cells): readonly string[] {
  try {
    return cells.ids('employee');
  } catch (error) {
    if (error instanceof RecordRefusal) return [];
    throw error;
  }
}

/** Names are cut where a screen could not show them. */
const longestName = 200;

function personOf(cells: Cells, idField: 'employee' | 'item'): PersonRow {
  const externalId = cells.id(idField);
  if (externalId === null) {
    throw new RecordRefusal('no-userid', 'the row has no id');
  }
  const text = (field: 'name' | 'branch' | 'position') => orNull(cells.text(field).slice(0, longestName));
  return { externalId, name: text('name'), branch: text('branch'), position: text('position') };
}

function timeOf(cells: Cells): FactTime {
  const time = cells.time('time');
  if (time === null) throw new RecordRefusal('no-time', 'the row has no time, or one that is none');
  return time;
}

function numberOf(text: string): number | null {
  const digits = text.replaceAll(/[,\s]/g, '');
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

const orNull = (text: string) => (text === '' ? null : text);
