import { readFile, stat } from 'node:fs/promises';

import { AppError } from '../core/contract/errors.ts';
import { maxLexiconBytes } from '../core/features/lexicons/model.ts';

/** A lexicon file's bytes. Throws AppError, naming the file, for what is none or too large. */
export async function readLexiconBytes(file: string): Promise<Uint8Array> {
  const facts = await stat(file).catch((error: unknown) => {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const sentence = isMissing ? 'there is no such file' : "it can't be read";
    throw new AppError('file-unreadable', `${file}: ${sentence}.`, { file }, error);
  });
  if (facts.isDirectory())
    throw new AppError('file-is-directory', `${file}: this is a folder; name a lexicon file.`, { file });
  if (facts.size > maxLexiconBytes) {
    throw new AppError(
      'file-too-large',
      `${file}: too large for a lexicon (at most ${maxLexiconBytes} bytes). Split it.`,
      {
        file,
      },
    );
  }
  return readFile(file);
}
