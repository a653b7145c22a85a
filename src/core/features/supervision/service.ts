import { AppError } from '../../contract/errors.ts';
import type { Context, Handlers, SignedIn } from '../../contract/handlers.ts';
import { JobId, ScreeningRunId } from '../../contract/ids.ts';
import type { Writer } from '../../platform/database/connection.ts';
import { createExplainer } from '../../platform/explainer.ts';
import type { Services } from '../../platform/services.ts';
import { insertJob } from '../jobs/index.ts';
import type { supervisionContract } from './contract.ts';
import { decideHits, undoDecisions } from './decisions.ts';
import { createExplainHit } from './explain-hit.ts';
import { createFindingHandlers } from './findings/service.ts';
import { listHits, loadHit, loadHitRows } from './hit-views.ts';
import { removeView, saveView, viewOf } from './saved-views.ts';
import { createScreeningRun, listRuns, loadRun } from './screening-runs.ts';
import { loadFacets, summarise } from './summary.ts';
import { selectViews } from './view-repository.ts';

/** Screening runs, hits, dispositions and saved views. */
export function createSupervisionFeature(services: Services): {
  readonly handlers: Handlers<typeof supervisionContract>;
  close(): Promise<void>;
} {
  const { connection, clock, ids } = services;
  const reader = connection.query;
  const change = <Result>(work: (writer: Writer) => Promise<Result>) => reader.transaction().execute(work);

  const explainer = createExplainer();
  const explain = createExplainHit(explainer, services.log);

  return {
    close: () => explainer.close(),
    handlers: {
      ...createFindingHandlers(services),
      'supervision.summary': () => summarise(reader, clock.now()),
      'supervision.runs': ({ limit }) => listRuns(reader, limit),
      'supervision.hitIds': ({ filter, sort }) => listHits(reader, filter, sort),
      'supervision.hitRows': ({ ids: hitIds }) => loadHitRows(reader, hitIds),
      'supervision.hit': ({ id, context }) => loadHit(reader, explain, id, context),
      'supervision.facets': () => loadFacets(reader),
      'supervision.views': async (_input, context) =>
        (await selectViews(reader, signedIn(context).userId)).map(viewOf),

      async 'supervision.startScreening'(input, context) {
        const user = signedIn(context);
        const jobId = ids.next(JobId);
        const runId = await change(async (writer) => {
          // The job names its run and the run its job: the job is stored first, the run's id made before both.
          const id = ids.next(ScreeningRunId);
          await insertJob(writer, {
            id: jobId,
            kind: 'screening',
            input: { runId: id },
            startedBy: user.userId,
            at: clock.now(),
          });
          await createScreeningRun(writer, clock, user, { ...input, id, jobId });
          return id;
        });
        services.jobs.enqueue({ jobId, kind: 'screening', input: { runId } });
        services.emit({ type: 'changed', topics: ['runs', 'audit'] });
        return loadRun(reader, runId);
      },

      async 'supervision.decide'(input, context) {
        const user = signedIn(context);
        const decided = await change((writer) => decideHits(writer, clock, user, input));
        services.emit({ type: 'changed', topics: ['hits', 'audit'] });
        return {
          hits: await loadHitRows(reader, decided.hitIds),
          dispositionIds: [...decided.dispositionIds],
        };
      },

      async 'supervision.undo'({ dispositionIds }, context) {
        const user = signedIn(context);
        const hitIds = await change((writer) => undoDecisions(writer, clock, user, dispositionIds));
        services.emit({ type: 'changed', topics: ['hits', 'audit'] });
        return { hits: await loadHitRows(reader, hitIds) };
      },

      async 'supervision.saveView'(input, context) {
        const user = signedIn(context);
        const view = await change((writer) => saveView(writer, services, user, input));
        services.emit({ type: 'changed', topics: ['views', 'audit'] });
        return view;
      },

      async 'supervision.removeView'({ id }, context) {
        const user = signedIn(context);
        await change((writer) => removeView(writer, clock, user, id));
        services.emit({ type: 'changed', topics: ['views', 'audit'] });
        return {};
      },
    },
  };
}

/** The permission of every procedure here needs somebody signed in; dispatch has checked it. */
function signedIn(context: Context): SignedIn {
  if (context.user === null) throw new AppError('not-signed-in', 'Sign in first.');
  return context.user;
}
