import { AppError } from '../../../contract/errors.ts';
import type { BlobId, MaterialId, MaterialVersionId } from '../../../contract/ids.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit, systemActor } from '../../audit/index.ts';
import { type DocumentsFeature, loadDocument } from '../../documents/index.ts';
import type { ExtractedDocument } from '../../documents/model.ts';
import type { Prechecker } from '../precheck/index.ts';
import type { FindingLevel, PrecheckFinding } from '../precheck/model.ts';
import type { MaterialContent } from './contract.ts';
import { selectFiles } from './draft-repository.ts';
import { selectVersionHead, storeFindings } from './version-repository.ts';
import { loadVersion } from './views.ts';

export interface MaterialChecks {
  /**
   * What the pre-check finds in a content of this material now. With `wait`, what is attached is read first where it was not
   * yet: on submitting. Without, what is unread is a finding, and its reading begins: while somebody types.
   */
  check(
    id: MaterialId,
    content: MaterialContent,
    options?: { readonly wait?: boolean },
  ): Promise<readonly PrecheckFinding[]>;
  /** Keeps with a version what the pre-check finds in it, all its files read, unless it was checked before. `not-found`. */
  ensureChecked(id: MaterialVersionId): Promise<void>;
  /** Begins to read a file's text; screens hear when it is there. */
  startReading(blobId: BlobId): void;
}

export function createMaterialChecks(
  services: Services,
  documents: Pick<DocumentsFeature, 'extractDocument'>,
  prechecker: Pick<Prechecker, 'check'>,
): MaterialChecks {
  const reader = services.connection.query;

  function startReading(blobId: BlobId): void {
    documents.extractDocument(blobId).then(
      () => services.emit({ type: 'changed', topics: ['materials'] }, { access: 'materials:read' }),
      (error: unknown) => {
        // The workspace closes, or the file is gone: the next check asks again.
        if (error instanceof AppError && error.code === 'cancelled') return;
        services.log.warn({ name: error instanceof Error ? error.name : 'unknown' }, 'document-not-read');
      },
    );
  }

  async function check(id: MaterialId, content: MaterialContent, { wait = false } = {}) {
    const own = new Set((await selectFiles(reader, id)).map((file) => file.blob_id));
    const read = new Map<BlobId, ExtractedDocument>();
    for (const { blobId } of content.attachments) {
      // What was not attached is not read for whoever names it: it stays a finding.
      if (!own.has(blobId)) continue;
      const document = wait ? await documents.extractDocument(blobId) : await loadDocument(reader, blobId);
      if (document === null) startReading(blobId);
      else read.set(blobId, document);
    }
    return prechecker.check(content, read);
  }

  async function ensureChecked(id: MaterialVersionId): Promise<void> {
    const version = await loadVersion(reader, id);
    if (version.found !== null) return;
    const found = await check(version.materialId, version.content, { wait: true });
    const count = (level: FindingLevel) => found.filter((finding) => finding.level === level).length;
    const counts = { blocks: count('block'), warns: count('warn'), notes: count('note') };
    await reader.transaction().execute(async (writer) => {
      // Somebody else who submitted it may have been first: what is stored stays.
      if ((await selectVersionHead(writer, id))?.precheck_at !== null) return;
      const findings = JSON.stringify(found);
      await storeFindings(writer, id, { findings, ...counts, at: services.clock.now() });
      await recordAudit(writer, services.clock, systemActor, {
        action: 'materials.checked',
        recordKind: 'material',
        recordId: version.materialId,
        after: found,
        details: { version: version.number, versionId: id, ...counts },
      });
    });
  }

  return { startReading, check, ensureChecked };
}
