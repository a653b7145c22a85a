import { z } from 'zod';

import { ExplainedStep } from '../../lexicons/contract.ts';
import {
  type ClaimedExemption as ClaimedExemptionModel,
  type PrecheckFinding as PrecheckFindingModel,
  exemptionCodes,
  findingLevels,
  findingRules,
} from './model.ts';

/** As the model's `PrecheckFinding`, for what crosses the contract or is read back from the database. */
export const PrecheckFinding = z.object({
  key: z.string(),
  level: z.enum(findingLevels),
  rule: z.enum(findingRules),
  subject: z.string(),
  basis: z.string(),
  part: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
  params: z.record(z.string(), z.string()).readonly(),
  suggestion: z.string(),
  steps: z.array(ExplainedStep).readonly(),
  exemptible: z.boolean(),
}) satisfies z.ZodType<PrecheckFindingModel>;

export const ClaimedExemption = z.strictObject({
  findingKey: z.string().max(200),
  code: z.enum(exemptionCodes),
  reason: z.string().max(2_000),
}) satisfies z.ZodType<ClaimedExemptionModel>;
