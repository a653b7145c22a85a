import type { Handlers } from '../../contract/handlers.ts';
import type { Services } from '../../platform/services.ts';
import type { reviewsContract } from './contract.ts';
import { createComparisonHandlers } from './comparison/service.ts';
import { createDiffPool } from './diff/index.ts';
import { createMaterialHandlers } from './material/index.ts';

export interface ReviewsFeature {
  readonly handlers: Handlers<typeof reviewsContract>;
  /** Ends what runs in the background. */
  close(): Promise<void>;
}

/** Materials and what becomes of them: composes the parts of the feature. */
export function createReviewsFeature(services: Services): ReviewsFeature {
  const diff = createDiffPool();
  return {
    close: () => diff.close(),
    handlers: {
      ...createMaterialHandlers(services),
      ...createComparisonHandlers(
        services.connection.query,
        diff,
        // Nothing is approved before there is a workflow that approves.
        () => Promise.resolve(null),
      ),
    },
  };
}
