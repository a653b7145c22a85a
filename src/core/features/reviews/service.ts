import type { Handlers } from '../../contract/handlers.ts';
import type { Services } from '../../platform/services.ts';
import type { DocumentsFeature } from '../documents/index.ts';
import { createApprovalHandlers } from './workflow/approvals/service.ts';
import { findApproved } from './workflow/approvals/resting-state.ts';
import { createSheetMaker } from './workflow/approvals/sheet.ts';
import type { WithdrawalHook } from './workflow/approvals/withdraw.ts';
import { createCommentHandlers } from './workflow/comments/service.ts';
import { createComparisonHandlers } from './comparison/service.ts';
import type { reviewsContract } from './contract.ts';
import { createDiffPool } from './diff/index.ts';
import { createMaterialChecks, createMaterialHandlers } from './material/index.ts';
import { createPrechecker } from './precheck/index.ts';
import { createPublicationFeature } from './publication/service.ts';
import { createTemplateHandlers } from './templates/index.ts';
import { settleDeadlines } from './workflow/deadlines.ts';
import { createPresence } from './workflow/presence.ts';
import { createWorkflowHandlers } from './workflow/service.ts';

export interface ReviewsFeature {
  readonly handlers: Handlers<typeof reviewsContract>;
  /** Does what falls due: called when a workspace is opened, and every minute. */
  settleDeadlines(): Promise<void>;
  /** What takes a withdrawn item off its shelf; called in the withdrawal's transaction, for every approval that is withdrawn. */
  onWithdrawn(hook: WithdrawalHook): void;
  /** Ends what runs in the background. */
  close(): Promise<void>;
}

/** Materials and what becomes of them: composes the parts of the feature. */
export function createReviewsFeature(
  services: Services,
  documents: Pick<DocumentsFeature, 'extractDocument'>,
): ReviewsFeature {
  const hooks: WithdrawalHook[] = [];
  const sheets = createSheetMaker(services);
  const diff = createDiffPool(services);
  const prechecker = createPrechecker(services);
  const checks = createMaterialChecks(services, documents, prechecker);
  const publication = createPublicationFeature(services, documents, diff);
  const presence = createPresence(services.clock);
  return {
    handlers: {
      ...createMaterialHandlers(services, checks),
      ...createComparisonHandlers(services.connection.query, diff, (reader, id) =>
        findApproved(reader, id, services.clock.now()),
      ),
      ...createTemplateHandlers(services),
      ...createWorkflowHandlers(services, presence, (versionId) => checks.ensureChecked(versionId)),
      ...createCommentHandlers(services),
      ...createApprovalHandlers(services, hooks, sheets),
      ...publication.handlers,
    },
    async settleDeadlines() {
      const fired = await settleDeadlines(services);
      if (fired > 0)
        services.emit({ type: 'changed', topics: ['reviews', 'approvals', 'materials', 'audit'] });
    },
    onWithdrawn: (hook) => void hooks.push(hook),
    async close() {
      await diff.close();
      await prechecker.close();
      await sheets.close();
      await publication.close();
    },
  };
}
