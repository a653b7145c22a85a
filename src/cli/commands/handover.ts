import { writeFile } from 'node:fs/promises';

import { type Command, Option } from 'commander';

import { AppError } from '../../core/contract/errors.ts';
import { type Language, languages } from '../../core/contract/language.ts';
import type { Run } from '../index.ts';
import { type Terminal, createPrinter, exitCode } from '../output.ts';
import { openSession } from '../session.ts';
import { accountHelp } from './import.ts';

const formats = ['json', 'pdf'] as const;

interface ReportOptions {
  readonly workspace: string;
  readonly leaver: string;
  readonly format: (typeof formats)[number];
  readonly language?: Language;
  readonly out?: string;
}

export function registerHandover(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  program
    .command('handover')
    .description('Handovers of customers when somebody leaves.')
    .command('report')
    .description(
      "Print a leaver's balance sheet, of the latest handover or, where none is opened, of what the records say.",
    )
    .requiredOption('--workspace <dir>', 'the workspace')
    .requiredOption('--leaver <userid>', 'who leaves')
    .addOption(
      new Option('--format <format>', 'json, or the handover register as pdf')
        .choices(formats)
        .default('json'),
    )
    .addOption(
      new Option(
        '--language <language>',
        "of the findings' messages (en-US unless given) or of the register (zh-CN unless given)",
      ).choices(languages),
    )
    .option('--out <file>', 'write to this file instead of stdout')
    .addHelpText('after', accountHelp)
    .action((options: ReportOptions) => register(() => report(terminal, options)));
}

async function report(terminal: Terminal, options: ReportOptions): Promise<number> {
  const { workspace, leaver, format, language, out } = options;
  const session = await openSession(terminal, workspace, 'shared', 'countersign handover');
  try {
    const target = { leaver };
    if (format === 'json') {
      const { json } = await session.call('handovers.report', { target, language });
      await write(terminal, out, `${json}\n`);
    } else {
      const { base64 } = await session.call('handovers.export', { target, kind: 'register', language });
      await write(terminal, out, Buffer.from(base64, 'base64'));
    }
    return exitCode.ok;
  } finally {
    await session.close();
  }
}

async function write(terminal: Terminal, out: string | undefined, content: string | Buffer): Promise<void> {
  if (out !== undefined) {
    await writeFile(out, content).catch((error: unknown) => {
      throw new AppError(
        'file-unreadable',
        `${out} can't be written. Check the folder and its permissions.`,
        {},
        error,
      );
    });
    return;
  }
  if (typeof content === 'string') {
    const printer = createPrinter(terminal.stdout);
    printer.print(content);
    await printer.flush();
    return;
  }
  if (!terminal.stdout.write(content)) await new Promise((resolve) => terminal.stdout.once('drain', resolve));
}
