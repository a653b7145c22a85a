import type { RegisterRequest } from './register/register-protocol.ts';
import { registerTexts } from './register/register-texts.ts';
import type { RegisterMaker } from './register/register.ts';

const mediaTypes = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export interface ExportedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly base64: string;
}

/** A register or certificate as a file that a host can hand to its user. */
export async function exportDocument(
  registers: RegisterMaker,
  request: RegisterRequest,
): Promise<ExportedFile> {
  const { bytes, leaver, lastDay } = await registers.make(request);
  const { fileName } = registerTexts[request.language];
  const parts = [
    fileName[request.kind],
    // A userid is whatever a bank's directory has; a file's name is not.
    leaver.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_'),
    lastDay ?? '',
    request.snapshot === null ? fileName.draft : `v${request.snapshot.number}`,
  ].filter((part) => part !== '');
  return {
    fileName: `${parts.join('-')}.${request.format}`,
    mediaType: mediaTypes[request.format],
    base64: Buffer.from(bytes).toString('base64'),
  };
}
