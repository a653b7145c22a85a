import { comparisonContract } from './comparison/contract.ts';
import { materialsContract } from './material/contract.ts';

/** What the parts of the feature can be asked, in one. */
export const reviewsContract = {
  ...materialsContract,
  ...comparisonContract,
};
