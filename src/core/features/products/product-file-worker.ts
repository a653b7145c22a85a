import { carryOutTask } from '../../platform/threads/serve.ts';
import type { ProductFileStart } from './file-protocol.ts';
import { readProductFile } from './product-file.ts';

// Reads one file of products and ends: a workbook of 20,000 rows would hold up the app's thread for seconds.

carryOutTask(({ bytes, fileName }: ProductFileStart) => readProductFile(bytes, fileName));
