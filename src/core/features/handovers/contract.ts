import { continuityContract } from './continuity/contract.ts';
import { evidenceContract } from './evidence/contract.ts';
import { promisesContract } from './promises/contract.ts';
import { recordContract } from './record/contract.ts';
import { reportContract } from './report/contract.ts';
import { sheetContract } from './sheet/contract.ts';
import { signingContract } from './signing/contract.ts';
import { timelineContract } from './timeline/contract.ts';

/** What the parts of the feature can be asked, in one. */
export const handoversContract = {
  ...recordContract,
  ...sheetContract,
  ...reportContract,
  ...evidenceContract,
  ...signingContract,
  ...timelineContract,
  ...promisesContract,
  ...continuityContract,
};
