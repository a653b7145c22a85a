import type { Command } from 'commander';

import type { Run } from '../index.ts';
import type { Terminal } from '../output.ts';
import { registerAudit } from './audit.ts';
import { registerCheck } from './check.ts';
import { registerDemo } from './demo.ts';
import { registerHandover } from './handover.ts';
import { registerHits } from './hits.ts';
import { registerImport } from './import.ts';
import { registerLexicon } from './lexicon.ts';
import { registerScan } from './scan.ts';
import { registerScreen } from './screen.ts';
import { registerServe } from './serve.ts';
import { registerWorkspace } from './workspace.ts';

/** Adds all commands, in the order in which help lists them. */
export function registerAll(program: Command, terminal: Terminal, register: (run: Run) => void): void {
  registerScan(program, terminal, register);
  registerCheck(program, terminal, register);
  registerImport(program, terminal, register);
  registerScreen(program, terminal, register);
  registerHits(program, terminal, register);
  registerHandover(program, terminal, register);
  registerLexicon(program, terminal, register);
  registerServe(program, terminal, register);
  registerWorkspace(program, terminal, register);
  registerAudit(program, terminal, register);
  registerDemo(program, terminal, register);
}
