import { MaterialId, Milliseconds, type ProductId } from '../../../contract/ids.ts';
import type { JobContext } from '../../../platform/jobs/protocol.ts';
import { readCalendar } from '../../calendar/index.ts';
import { type WorkCalendar, addWorkingHours } from '../../calendar/model.ts';
import { demoPast } from '../../workspaces/index.ts';
import { type DemoHands, type OtherStep, createHands, createSetClock, people } from '../hands.ts';
import { listEventsUntil } from '../repository.ts';
import { madeAt } from '../size.ts';
import { eventOf } from './acts.ts';
import { contentOf } from './content.ts';
import { type DemoItem, delegationHours, demoItems } from './items.ts';
import { perform } from './perform.ts';
import { demoProducts } from './products.ts';
import { workingHoursBefore } from './working-times.ts';

// The months before the demo was opened: every act through the app's own use cases, with the clock at the act's time, in the
// order of time, so that the audit log reads as one that was written meanwhile.

/** What is done at a moment of its own; the audit event says that it was. */
interface Step {
  readonly at: Milliseconds;
  readonly event: string;
  run(hands: DemoHands): Promise<void>;
}

const hour = 3_600_000;

/**
 * Tells the stories of the demo's materials, and what else was done in those months, as far as an earlier run did not. `progress`
 * hears how far it is, from 0 to 1.
 */
export async function playPast(
  context: JobContext,
  others: readonly OtherStep[],
  progress: (share: number) => void,
): Promise<void> {
  const reader = context.connection.query;
  const made = await madeAt(reader, context.clock.now());
  const events = await listEventsUntil(reader, made);
  const done = new Set(events.map(({ action, at }) => `${action} ${at}`));
  const materials = new Map(
    events.flatMap(({ action, at, recordId }) =>
      action === 'materials.create' ? [[at, MaterialId.parse(recordId)] as const] : [],
    ),
  );
  const clock = createSetClock(made);
  const hands = await createHands(context, clock);
  try {
    const steps = planSteps(await readCalendar(reader), made, materials, others);
    for (const [index, step] of steps.entries()) {
      context.checkCancelled();
      progress(index / steps.length);
      if (done.has(`${step.event} ${step.at}`)) continue;
      clock.set(step.at);
      await hands.settleDeadlines();
      await step.run(hands);
    }
    clock.set(made);
    await hands.settleDeadlines();
  } finally {
    await hands.close();
  }
}

/** All steps in the order of time, no two at the same moment: by it a later run knows what was done. */
export function planSteps(
  calendar: WorkCalendar,
  made: Milliseconds,
  materials: Map<Milliseconds, MaterialId>,
  others: readonly OtherStep[] = [],
): readonly Step[] {
  const all = [
    ...beginning(calendar, made),
    ...delegations(calendar, made),
    ...reading(calendar, made),
    ...others.map(({ at, event, run }) => planned(at, event, run)),
    ...demoItems().flatMap((item) => stepsOf(item, calendar, made, materials)),
  ].toSorted((a, b) => a.at - b.at);
  let last = 0;
  return all.map((step) => {
    last = Math.max(step.at, last + 1);
    return step.withTime(Milliseconds.parse(last));
  });
}

/** A step before its moment is certain. */
interface Planned {
  readonly at: number;
  withTime(at: Milliseconds): Step;
}

const planned = (
  at: number,
  event: string,
  run: (hands: DemoHands, at: Milliseconds) => Promise<void>,
): Planned => ({
  at,
  withTime: (exact) => ({ at: exact, event, run: (hands) => run(hands, exact) }),
});

/** The register of products and the workflow templates come first. */
function beginning(calendar: WorkCalendar, made: Milliseconds): readonly Planned[] {
  const start = addWorkingHours(made - demoPast, 1, calendar).at;
  return [
    planned(start, 'templates.addStarters', async ({ call }) => {
      await call('admin', 'templates.addStarters', {});
    }),
    ...demoProducts.map((product, index) =>
      planned(start + (index + 1) * 4 * 60_000, 'products.save', async ({ call }) => {
        await call('approver', 'products.save', {
          id: null,
          revision: null,
          product: {
            code: product.code,
            name: product.name,
            type: product.type,
            risk: product.risk,
            currency: 'CNY',
            aliases: [],
            facts: product.facts.map((fact) => ({ ...fact, unit: '' })),
            onSaleFrom: null,
            onSaleUntil: null,
            sheet: `${product.name}产品说明书`,
          },
        });
      }),
    ),
  ];
}

/** Two absences: one that is over, in which somebody decided for the reviewer, and one that lasts. */
function delegations(calendar: WorkCalendar, made: Milliseconds): readonly Planned[] {
  const begins = workingHoursBefore(made, delegationHours.from, calendar);
  const ends = workingHoursBefore(made, delegationHours.until, calendar);
  const away = workingHoursBefore(made, 5, calendar);
  return [
    planned(begins, 'delegations.add', async ({ call, idOf }, at) => {
      await call('reviewer', 'delegations.add', {
        to: idOf('legal'),
        beginsAt: at,
        endsAt: ends,
        reason: '年休假，审核事项请韩序代办。',
      });
    }),
    planned(away, 'delegations.add', async ({ call, idOf }, at) => {
      await call('brand', 'delegations.add', {
        to: idOf('approver'),
        beginsAt: at,
        endsAt: Milliseconds.parse(made + 4 * 24 * hour),
        reason: '外出培训，品牌意见请顾衡之代为签署。',
      });
    }),
  ];
}

/** Everybody has read what they were told up to two days ago. */
function reading(calendar: WorkCalendar, made: Milliseconds): readonly Planned[] {
  const at = workingHoursBefore(made, 16, calendar);
  return people.map((person) =>
    planned(at, 'notices.read', async ({ call }) => {
      await call(person, 'notices.read', {});
    }),
  );
}

function stepsOf(
  item: DemoItem,
  calendar: WorkCalendar,
  made: Milliseconds,
  materials: Map<Milliseconds, MaterialId>,
): readonly Planned[] {
  const total = item.acts.reduce((sum, { after }) => sum + after, 0);
  let at = workingHoursBefore(made, item.idle + total, calendar);
  let begun: Milliseconds | null = null;
  const idOf = () => {
    const id = begun === null ? undefined : materials.get(begun);
    if (id === undefined) throw new Error(`material ${item.number} was not begun`);
    return id;
  };
  return item.acts.map(({ act, after }) => {
    at = addWorkingHours(at, after, calendar).at;
    if (act.do === 'materials.create') {
      const { by } = act;
      return {
        at,
        withTime(exact) {
          begun = exact;
          return {
            at: exact,
            event: act.do,
            async run(hands) {
              const content = contentOf(item, await productIds(hands), {
                begun: exact,
                made,
                timeZone: calendar.timeZone,
              });
              const { id } = await hands.call(by, 'materials.create', {
                type: content.type,
                content,
                copyOf: null,
              });
              materials.set(exact, id);
            },
          };
        },
      };
    }
    return planned(at, eventOf(act), (hands) => perform(hands, item, act, idOf()));
  });
}

async function productIds({ call }: DemoHands): Promise<ReadonlyMap<string, ProductId>> {
  const { products } = await call('admin', 'products.list', {
    query: '',
    types: [],
    state: null,
    offset: 0,
    limit: 100,
  });
  return new Map(products.map(({ code, id }) => [code, id]));
}
