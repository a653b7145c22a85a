import { Readable } from 'node:stream';

import type { App } from '../../src/core/contract/handlers.ts';
import type {
  Attachment,
  MaterialContent,
  MaterialDraft,
  MaterialView,
  SavedDraft,
  VersionSummary,
} from '../../src/core/features/reviews/material/contract.ts';
import * as contract from '../../src/core/features/reviews/material/contract.ts';
import type { MaterialId } from '../../src/core/contract/ids.ts';
import type { MaterialType } from '../../src/core/features/reviews/material/model.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import type { TestClient } from './workspace.ts';

// Materials as editors make them: through dispatch, with permissions, audit and limits.

/** A content with these paragraphs; everything else is empty unless `more` has it. */
export function contentOf(
  type: MaterialType,
  title: string,
  paragraphs: readonly string[] = [],
  more: Partial<Omit<MaterialContent, 'type' | 'title' | 'body'>> = {},
): MaterialContent {
  return contract.MaterialContent.parse({
    type,
    title,
    body: paragraphs.map((text) => ({ kind: 'paragraph', runs: [{ text }] })),
    ...more,
  });
}

/** A new material with this content in its draft. */
export function createMaterial(client: TestClient, content: MaterialContent): Promise<MaterialView> {
  return client.call('materials.create', { type: content.type, content });
}

/** Changes the newest draft, as somebody does who has it open. */
export async function editDraft(
  client: TestClient,
  id: MaterialId,
  edit: (draft: MaterialDraft) => Partial<Pick<MaterialDraft, 'content' | 'exemptions'>>,
): Promise<SavedDraft> {
  const draft = await client.call('materials.draft', { id });
  const { content, exemptions } = { ...draft, ...edit(draft) };
  return client.call('materials.saveDraft', { id, content, exemptions, baseRevision: draft.revision });
}

/** Makes a version of what the draft has now. */
export async function saveVersion(
  client: TestClient,
  id: MaterialId,
  note = '',
): Promise<{ readonly version: VersionSummary; readonly created: boolean }> {
  const { revision } = await client.call('materials.draft', { id });
  return client.call('materials.saveVersion', { id, baseRevision: revision, note });
}

/** A material with one version of this content. */
export async function materialWithVersion(
  client: TestClient,
  content: MaterialContent,
): Promise<{ readonly id: MaterialId; readonly version: VersionSummary }> {
  const { id } = await createMaterial(client, content);
  const { version } = await saveVersion(client, id);
  return { id, version };
}

/** Uploads the bytes as a host does, and attaches them; answers what the draft's attachments take. */
export async function attachFile(
  app: App,
  client: TestClient,
  id: MaterialId,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Attachment> {
  const { blobDirectory, limit } = await app.prepareUpload(client.caller());
  const { id: blobId } = await createBlobStore(blobDirectory).write(Readable.from([file.bytes]), limit);
  return client.call('materials.attach', { id, blobId, name: file.name });
}
