import { AppError } from '../../contract/errors.ts';
import { type Handlers, requireUser } from '../../contract/handlers.ts';
import type { Services } from '../../platform/services.ts';
import { recordAudit } from '../audit/index.ts';
import { localDay } from '../calendar/model.ts';
import { readSettings } from '../settings/index.ts';
import { ColumnMappingInput, type MappingView, type feedsContract } from './contract.ts';
import {
  type MappingRow,
  deleteMapping,
  selectMapping,
  selectMappings,
  upsertMapping,
} from './mappings-repository.ts';
import { createTablePreviewer } from './tables/preview-blob.ts';
import { dayInName } from './times.ts';

export interface FeedsFeature {
  readonly handlers: Handlers<typeof feedsContract>;
  close(): Promise<void>;
}

/** Feeds beside the chat archive: how the columns of tables are named. They are imported by the archive's import. */
export function createFeedsFeature(services: Services): FeedsFeature {
  const { connection, clock } = services;
  const reader = connection.query;
  const tables = createTablePreviewer(services);
  const changed = () => services.emit({ type: 'changed', topics: ['imports'] }, { access: 'archive:read' });

  return {
    close: () => tables.close(),
    handlers: {
      'feeds.mappings': async () => (await selectMappings(reader)).map(mappingView),

      async 'feeds.saveMapping'({ name, feed, columns }, context) {
        const user = requireUser(context);
        const view = await reader.transaction().execute(async (writer) => {
          const before = await selectMapping(writer, name);
          const after = { feed, columns: JSON.stringify(columns) };
          await upsertMapping(writer, { name, ...after, by: user.userId, at: clock.now() });
          await recordAudit(writer, clock, user, {
            action: 'feeds.saveMapping',
            recordKind: 'feed-mapping',
            recordId: name,
            ...(before === undefined ? {} : { before: { feed: before.feed, columns: before.columns } }),
            after,
            details: { feed, columns: Object.keys(columns).length },
          });
          return (await selectMappings(writer)).filter((row) => row.name === name).map(mappingView);
        });
        changed();
        const [saved] = view;
        if (saved === undefined) throw new AppError('not-found', 'There is no such mapping.', { name });
        return saved;
      },

      async 'feeds.deleteMapping'({ name }, context) {
        const user = requireUser(context);
        await reader.transaction().execute(async (writer) => {
          const before = await selectMapping(writer, name);
          if (before === undefined || !(await deleteMapping(writer, name)))
            throw new AppError('not-found', 'There is no such mapping.', { name });
          await recordAudit(writer, clock, user, {
            action: 'feeds.deleteMapping',
            recordKind: 'feed-mapping',
            recordId: name,
            before: { feed: before.feed, columns: before.columns },
          });
        });
        changed();
        return {};
      },

      async 'feeds.previewTable'({ blobId, fileName, kind, mapping, asOf }) {
        const { timeZone } = await readSettings(reader);
        const circumstances = {
          asOf,
          fileDay: dayInName(fileName),
          today: localDay(clock.now(), timeZone),
          timeZone,
        };
        return tables.preview(blobId, { fileName, kind, mapping, circumstances });
      },
    },
  };
}

function mappingView({ name, feed, columns, updated_by_name, updated_at }: MappingRow): MappingView {
  return {
    name,
    ...ColumnMappingInput.parse({ feed, columns: JSON.parse(columns) }),
    updatedBy: updated_by_name,
    updatedAt: updated_at,
  };
}
