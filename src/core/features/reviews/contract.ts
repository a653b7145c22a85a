import { comparisonContract } from './comparison/contract.ts';
import { materialsContract } from './material/contract.ts';
import { publicationContract } from './publication/contract.ts';
import { templatesContract } from './templates/contract.ts';
import { approvalsContract } from './workflow/approvals/contract.ts';
import { commentsContract } from './workflow/comments/contract.ts';
import { workflowContract } from './workflow/contract.ts';

/** What the parts of the feature can be asked, in one. */
export const reviewsContract = {
  ...materialsContract,
  ...comparisonContract,
  ...templatesContract,
  ...workflowContract,
  ...commentsContract,
  ...approvalsContract,
  ...publicationContract,
};
