import type { Handlers } from '../../contract/handlers.ts';
import type { Services } from '../../platform/services.ts';
import type { reviewsContract } from './contract.ts';
import { createMaterialHandlers } from './material/index.ts';

export interface ReviewsFeature {
  readonly handlers: Handlers<typeof reviewsContract>;
}

/** Materials and what becomes of them: composes the parts of the feature. */
export function createReviewsFeature(services: Services): ReviewsFeature {
  return {
    handlers: {
      ...createMaterialHandlers(services),
    },
  };
}
