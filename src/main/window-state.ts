import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

const WindowState = z.object({
  width: z.number().int().min(640).max(16_384),
  height: z.number().int().min(480).max(16_384),
  maximized: z.boolean(),
});
export type WindowState = z.output<typeof WindowState>;

/** Three columns of the triage screen fit side by side. */
const firstState: WindowState = { width: 1440, height: 900, maximized: false };

/** The window's size as it was last time, no larger than the screen that it opens on. */
export function readWindowState(
  directory: string,
  screen: { readonly width: number; readonly height: number },
): WindowState {
  const state = storedState(directory) ?? firstState;
  return {
    ...state,
    width: Math.min(state.width, screen.width),
    height: Math.min(state.height, screen.height),
  };
}

function storedState(directory: string): WindowState | null {
  try {
    const parsed = WindowState.safeParse(JSON.parse(readFileSync(fileIn(directory), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Remembers the size. A disk that can't be written costs the memory of a size, and no more. */
export function writeWindowState(directory: string, state: WindowState): void {
  try {
    writeFileSync(fileIn(directory), JSON.stringify(state));
  } catch {
    // The next start opens in the first size.
  }
}

function fileIn(directory: string): string {
  return join(directory, 'window-state.json');
}
