import { carryOutTask } from '../../../platform/threads/serve.ts';
import { previewTable } from './preview-table.ts';
import type { PreviewStart } from './preview-protocol.ts';

// Looks at one table and ends: a workbook of some MiB would hold up the app's thread for seconds.

carryOutTask((start: PreviewStart) => previewTable(start.bytes, start));
