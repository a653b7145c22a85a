import { AppError } from '../../contract/errors.ts';
import { type DecodedText, decodeBytes } from '../../platform/text-encoding.ts';

/** Decodes a file whose encoding nobody stated (`decodeBytes`). Throws `file-empty` and `wrong-encoding`. */
export function decodeText(bytes: Uint8Array, fileName: string): DecodedText {
  if (bytes.length === 0) {
    throw new AppError('file-empty', `${fileName} is empty.`, { file: fileName });
  }
  const decoded = decodeBytes(bytes);
  if (decoded !== null) return decoded;
  throw new AppError(
    'wrong-encoding',
    `${fileName} is neither UTF-8 nor GBK text. Save it as UTF-8 text, then try again.`,
    { file: fileName },
  );
}
