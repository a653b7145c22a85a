import { AppError } from '../core/contract/errors.ts';
import type { Terminal } from './output.ts';

// A password never stands on a command line, where other users of the machine and the shell's history see it: it comes
// from the environment or from a prompt that does not echo.

/** `COUNTERSIGN_PASSWORD`, or what is typed at a prompt. Rejects where there is neither. */
export async function askPassword(terminal: Terminal, question: string): Promise<string> {
  const given = terminal.environment['COUNTERSIGN_PASSWORD'];
  if (given !== undefined && given !== '') return given;
  if (terminal.stdin.isTTY !== true) {
    throw new AppError(
      'bad-input',
      'No password: set COUNTERSIGN_PASSWORD, or run this in a terminal and type it.',
    );
  }
  return readHidden(terminal, question);
}

/** `COUNTERSIGN_USER`, or what is typed at a prompt. */
export async function askUserName(terminal: Terminal): Promise<string> {
  const given = terminal.environment['COUNTERSIGN_USER'];
  if (given !== undefined && given !== '') return given;
  if (terminal.stdin.isTTY !== true) {
    throw new AppError('bad-input', 'No user: set COUNTERSIGN_USER and COUNTERSIGN_PASSWORD.');
  }
  const { createInterface } = await import('node:readline/promises');
  const reader = createInterface({ input: terminal.stdin, output: terminal.stderr });
  try {
    return await reader.question('User name: ');
  } finally {
    reader.close();
  }
}

const enter = new Set(['\r', '\n', '\u0004']);
const interrupt = '\u0003';
const erase = new Set(['\u007f', '\b']);

function readHidden(terminal: Terminal, question: string): Promise<string> {
  const { stdin, stderr } = terminal;
  stderr.write(question);
  stdin.setRawMode?.(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  return new Promise((resolve, reject) => {
    let typed = '';
    function finish(settle: () => void): void {
      stdin.setRawMode?.(false);
      stdin.pause();
      stdin.removeListener('data', onData);
      stderr.write('\n');
      settle();
    }
    function onData(chunk: string | Buffer): void {
      for (const character of String(chunk)) {
        if (enter.has(character)) {
          finish(() => resolve(typed));
          return;
        }
        if (character === interrupt) {
          finish(() => reject(new AppError('cancelled', 'Stopped.')));
          return;
        }
        typed = erase.has(character) ? Array.from(typed).slice(0, -1).join('') : typed + character;
      }
    }
    stdin.on('data', onData);
  });
}
