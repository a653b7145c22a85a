import { type Command, Option } from 'commander';

import type { ProcedureOutput } from '../../core/contract/index.ts';
import type { Run } from '../index.ts';
import { type Terminal, createPrinter, csvRow, exitCode } from '../output.ts';
import { openSession } from '../session.ts';
import { accountHelp } from './import.ts';

const formats = ['jsonl', 'csv'] as const;

interface HitsOptions {
  readonly workspace: string;
  readonly format: (typeof formats)[number];
}

type Row = ProcedureOutput<'supervision.hitRows'>[number];

/** As many rows as `supervision.hitRows` answers at once. */
const pageSize = 500;

export function registerHits(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  program
    .command('hits')
    .description("Print a workspace's hits, oldest message first.")
    .requiredOption('--workspace <dir>', 'the workspace')
    .addOption(new Option('--format <format>', 'how to print').choices(formats).default('jsonl'))
    .addHelpText('after', accountHelp)
    .action((options: HitsOptions) => register(() => printHits(terminal, options)));
}

async function printHits(terminal: Terminal, options: HitsOptions): Promise<number> {
  const session = await openSession(terminal, options.workspace, 'shared');
  try {
    const { ids, limited } = await session.call('supervision.hitIds', {
      sort: { by: 'sentAt', descending: false },
    });
    const printer = createPrinter(terminal.stdout);
    if (options.format === 'csv') printer.print(csvRow(columns));
    for (let at = 0; at < ids.length; at += pageSize) {
      const rows = await session.call('supervision.hitRows', { ids: ids.slice(at, at + pageSize) });
      for (const row of rows) {
        const flat = flatten(row);
        printer.print(
          options.format === 'jsonl'
            ? `${JSON.stringify(flat)}\n`
            : csvRow(columns.map((column) => (column === 'folds' ? flat.folds.join(' ') : flat[column]))),
        );
      }
      await printer.flush();
    }
    await printer.flush();
    if (limited) terminal.stderr.write(`countersign: only the first ${ids.length} hits are printed\n`);
    return exitCode.ok;
  } finally {
    await session.close();
  }
}

const columns = [
  'id', 'msgid', 'conversation', 'from', 'msgtime', 'field', 'term', 'category', 'severity', 'start', 'end', 'text',
  'folds', 'confidence', 'state', 'reasonCode', 'decidedBy', 'decidedAt',
] as const; // prettier-ignore

/** The same names as `scan` has, with what a workspace knows besides. */
function flatten(row: Row) {
  return {
    id: row.id,
    msgid: row.msgid,
    conversation: row.conversationKey,
    from: row.sender?.externalId ?? null,
    msgtime: row.sentAt,
    field: row.field,
    term: row.term,
    category: row.category,
    severity: row.severity,
    start: row.start,
    end: row.end,
    text: row.text,
    folds: row.folds,
    confidence: row.confidence,
    state: row.state,
    reasonCode: row.reasonCode,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt,
  };
}
