import { type Command, InvalidArgumentError, Option } from 'commander';

import { AppError } from '../../core/contract/errors.ts';
import { CalendarDay } from '../../core/contract/ids.ts';
import { localDay } from '../../core/features/calendar/model.ts';
import { type MaterialType, materialTypes } from '../../core/features/reviews/material/model.ts';
import type { PrecheckFinding } from '../../core/features/reviews/precheck/model.ts';
import type { Run } from '../index.ts';
import { type Terminal, createPrinter, describeError, exitCode } from '../output.ts';

interface CheckOptions {
  readonly type: MaterialType | undefined;
  readonly product: string | undefined;
  readonly products: string | undefined;
  readonly allow: readonly string[] | undefined;
  readonly format: 'jsonl' | 'text';
}

export function registerCheck(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  program
    .command('check')
    .description(
      'Check the text of files as materials are checked before they are submitted. Needs no workspace.',
    )
    .argument('<file...>', 'text, HTML, DOCX or PDF files')
    .addOption(
      new Option('--type <type>', `what the file is to become: ${materialTypes.join(', ')}`).argParser(
        parseType,
      ),
    )
    .option(
      '--product <product>',
      'what it advertises: a type (理财, wealth-management, loan…), or a code of --products',
    )
    .option('--products <file>', 'the register of products: .csv or .xlsx')
    .option(
      '--allow <domain>',
      'a domain that may be linked to, with all below it; may be given several times',
      (value: string, list: readonly string[] | undefined) => [...(list ?? []), value],
    )
    .addOption(new Option('--format <format>', 'how to print').choices(['jsonl', 'text']).default('jsonl'))
    .addHelpText(
      'after',
      '\nLooks with the starter packs, required disclosures among them: say --product, since they go by its type.\n' +
        'start and end are UTF-16 offsets in the text that was read; both are 0 where a finding is about no place in it.\n' +
        'Exit code: 0; 1 when there is a block; 2 when a file could not be read or the usage was wrong.',
    )
    .action((files: string[], options: CheckOptions) => register(() => check(terminal, files, options)));
}

function parseType(value: string): MaterialType {
  const type = materialTypes.find((known) => known === value);
  if (type === undefined) throw new InvalidArgumentError(`It must be one of ${materialTypes.join(', ')}.`);
  return type;
}

async function check(terminal: Terminal, files: readonly string[], options: CheckOptions): Promise<number> {
  // Loaded where it is needed: the other commands' start counts.
  const { readForCheck, setUpCheck } = await import('../check-files.ts');
  const setUp = await setUpCheck(options, (line) => terminal.stderr.write(`${line}\n`));
  const today = CalendarDay.parse(localDay(Date.now(), 'Asia/Shanghai'));
  const printer = createPrinter(terminal.stdout);
  const several = files.length > 1;
  let unreadable = false;
  let blocked = false;
  for (const file of files) {
    try {
      const document = await readForCheck(file);
      for (const finding of setUp.check(file, document, today)) {
        blocked ||= finding.level === 'block';
        printer.print(
          format(file, finding, setUp.sentenceOf(finding), options.format, several, document.text),
        );
      }
    } catch (error) {
      // A mistake of ours is no unreadable file.
      if (!(error instanceof AppError)) throw error;
      unreadable = true;
      terminal.stderr.write(`countersign: ${describeError(error)}\n`);
    }
    await printer.flush();
  }
  if (unreadable) return exitCode.unusable;
  return blocked ? exitCode.failed : exitCode.ok;
}

function format(
  file: string,
  { level, rule, basis, start, end, text, part }: PrecheckFinding,
  message: string,
  kind: CheckOptions['format'],
  several: boolean,
  whole: string,
): string {
  if (kind === 'jsonl') {
    const line = { level, rule, basis, start, end, text, message };
    return `${JSON.stringify(several ? { file, part, ...line } : line)}\n`;
  }
  const before = part === 'body' ? whole.slice(0, start).split('\n') : [''];
  const place = end > 0 ? `:${before.length}:${(before.at(-1) ?? '').length + 1}` : '';
  return `${file}${place}: ${level}: ${message}${basis === '' ? '' : ` [${basis}]`}\n`;
}
