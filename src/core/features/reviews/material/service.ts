import { type Handlers, requireUser } from '../../../contract/handlers.ts';
import type { Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { requireOpenFile } from '../../archive/index.ts';
import type { MaterialChecks } from './checks.ts';
import type { materialsContract } from './contract.ts';
import { discardDraft, requireEditable, saveDraft } from './drafts.ts';
import { attachFile, describeFile } from './files.ts';
import { createMaterial, retireMaterial } from './materials.ts';
import { loadPicture } from './pictures.ts';
import { hashContent } from './stored.ts';
import { saveVersion } from './versions.ts';
import {
  listMaterials,
  listVersions,
  loadDraft,
  loadMaterial,
  loadVersion,
  requireMaterial,
} from './views.ts';

/** Materials: one draft each, which changes, and versions, which never do. */
export function createMaterialHandlers(
  services: Services,
  checks: MaterialChecks,
): Handlers<typeof materialsContract> {
  const reader = services.connection.query;

  /** Runs a change in its transaction, then tells the screens. */
  async function change<Result>(run: (writer: Writer) => Promise<Result>): Promise<Result> {
    const result = await reader.transaction().execute(run);
    services.emit({ type: 'changed', topics: ['materials', 'audit'] });
    return result;
  }

  return {
    'materials.list': (input, context) => listMaterials(reader, input, requireUser(context).userId),
    'materials.get': ({ id }) => loadMaterial(reader, id),
    'materials.draft': ({ id }) => loadDraft(reader, id),
    'materials.versions': (input) => listVersions(reader, input),
    'materials.version': ({ id }) => loadVersion(reader, id),

    async 'materials.precheck'({ id, content }) {
      await requireMaterial(reader, id);
      const checked = hashContent(content ?? (await loadDraft(reader, id)).content);
      return { contentHash: checked.hash, findings: [...(await checks.check(id, checked.content))] };
    },
    'materials.picture': (input) => loadPicture(reader, services.blobs, input),

    async 'materials.create'(input, context) {
      const user = requireUser(context);
      return change(async (writer) =>
        loadMaterial(writer, await createMaterial(writer, services, user, input)),
      );
    },

    async 'materials.saveDraft'({ id, content, exemptions, baseRevision }, context) {
      const user = requireUser(context);
      // Before the transaction: nobody has to wait for the hash of a long text.
      const hashed = hashContent(content);
      return change((writer) => saveDraft(writer, services, user, { id, hashed, exemptions, baseRevision }));
    },

    async 'materials.discardDraft'(input, context) {
      const user = requireUser(context);
      return change(async (writer) => {
        await discardDraft(writer, services, user, input);
        return loadDraft(writer, input.id);
      });
    },

    async 'materials.saveVersion'(input, context) {
      const user = requireUser(context);
      return change((writer) => saveVersion(writer, services, user, input));
    },

    async 'materials.attach'({ id, blobId, name }, context) {
      const user = requireUser(context);
      await requireOpenFile(reader, user, blobId);
      const file = await describeFile(services.blobs, blobId, name);
      const attached = await change(async (writer) => {
        await requireEditable(writer, id);
        return attachFile(writer, services, user, { id, file });
      });
      checks.startReading(blobId);
      return attached;
    },

    async 'materials.retire'(input, context) {
      const user = requireUser(context);
      return change(async (writer) => {
        await retireMaterial(writer, services, user, input);
        return loadMaterial(writer, input.id);
      });
    },
  };
}
