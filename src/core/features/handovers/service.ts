import type { Handlers } from '../../contract/handlers.ts';
import type { Services } from '../../platform/services.ts';
import type { handoversContract } from './contract.ts';
import { createContinuityService } from './continuity/service.ts';
import { createEvidenceService } from './evidence/service.ts';
import { createPromiseService } from './promises/service.ts';
import { createRecordHandlers } from './record/service.ts';
import { createReportHandlers } from './report/service.ts';
import { createSheetHandlers } from './sheet/service.ts';
import { createRegisterMaker } from './signing/register/register.ts';
import { createSigningHandlers } from './signing/service.ts';
import { createTimelineService } from './timeline/service.ts';
import { createHandoverWorker } from './worker-client.ts';

export interface HandoversFeature {
  readonly handlers: Handlers<typeof handoversContract>;
  /** Ends what runs in the background. */
  close(): Promise<void>;
}

/** Departures: what passes to whom, and what happened around them. Composes the parts of the feature. */
export function createHandoversFeature(services: Services): HandoversFeature {
  const worker = createHandoverWorker(services);
  const registers = createRegisterMaker(services);
  return {
    handlers: {
      ...createRecordHandlers(services, worker),
      ...createEvidenceService(services, worker),
      ...createSheetHandlers(services, worker),
      ...createReportHandlers(services, worker),
      ...createSigningHandlers(services, worker, registers),
      ...createTimelineService(services, worker),
      ...createPromiseService(services, worker),
      ...createContinuityService(services, worker),
    },
    async close() {
      await registers.close();
      await worker.close();
    },
  };
}
