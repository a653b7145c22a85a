import { archiveContract } from '../features/archive/contract.ts';
import { auditContract } from '../features/audit/contract.ts';
import { calendarContract } from '../features/calendar/contract.ts';
import { documentsContract } from '../features/documents/contract.ts';
import { feedsContract } from '../features/feeds/contract.ts';
import { handoversContract } from '../features/handovers/contract.ts';
import { jobsContract } from '../features/jobs/contract.ts';
import { lexiconsContract } from '../features/lexicons/contract.ts';
import { productsContract } from '../features/products/contract.ts';
import { reviewsContract } from '../features/reviews/contract.ts';
import { settingsContract } from '../features/settings/contract.ts';
import { supervisionContract } from '../features/supervision/contract.ts';
import { usersContract } from '../features/users/contract.ts';
import { workspacesContract } from '../features/workspaces/contract.ts';
import type { InputOf, OutputOf } from './procedure.ts';

/** Everything that a host can ask of the application, by name. */
export const contract = {
  ...workspacesContract,
  ...usersContract,
  ...settingsContract,
  ...auditContract,
  ...jobsContract,
  ...archiveContract,
  ...feedsContract,
  ...documentsContract,
  ...lexiconsContract,
  ...productsContract,
  ...supervisionContract,
  ...calendarContract,
  ...reviewsContract,
  ...handoversContract,
};

export type Contract = typeof contract;
export type ProcedureName = keyof Contract;
export type ProcedureInput<Name extends ProcedureName> = InputOf<Contract[Name]>;
export type ProcedureOutput<Name extends ProcedureName> = OutputOf<Contract[Name]>;
