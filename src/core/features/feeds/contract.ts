import { z } from 'zod';

import { NoInput } from '../../contract/common.ts';
import { BlobId, CalendarDay, Milliseconds } from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';
import { type TableField, factKinds, feedKinds, feedRefusals, tableFields, tableKinds } from './model.ts';

const fields: readonly TableField[] = [...new Set(Object.values(tableFields).flat())];

/** Which header is which field of a table; fields that are left out have no column. */
export const ColumnMappingInput = z.object({
  feed: z.enum(tableKinds),
  columns: z.partialRecord(z.enum(fields), z.string().trim().min(1).max(200)),
});

const MappingName = z.string().trim().min(1).max(100);

export const MappingView = ColumnMappingInput.extend({
  name: MappingName,
  updatedBy: z.string(),
  updatedAt: Milliseconds,
});
export type MappingView = z.output<typeof MappingView>;

/** How a table is understood: what its columns are, and what its first rows say. */
export const TablePreview = z.object({
  /** Null: nobody can tell from the header. */
  feed: z.enum(tableKinds).nullable(),
  /** The row that names the columns, or where none is known, the one that most likely does. */
  header: z.array(z.string()),
  /** Field → header, as they were found. */
  columns: ColumnMappingInput.shape.columns,
  /** Of each of these one more field needs a column. */
  missing: z.array(z.array(z.enum(fields))),
  /** Rows below the header. */
  rows: z.number().int(),
  refusedTotal: z.number().int(),
  samples: z
    .array(
      z.object({
        line: z.number().int(),
        cells: z.array(z.string()),
        /** What the row is taken to say; empty where it is refused or names somebody only. */
        facts: z.array(
          z.object({
            kind: z.enum(factKinds),
            employee: z.string().nullable(),
            item: z.string().nullable(),
            taker: z.string().nullable(),
            at: Milliseconds,
            wholeDay: z.boolean(),
            code: z.string().nullable(),
            detail: z.string().nullable(),
          }),
        ),
        /** A key below `imports.reason.`; null: it is taken. */
        refused: z.enum(feedRefusals).nullable(),
      }),
    )
    .max(20),
});
export type TablePreview = z.output<typeof TablePreview>;

export const feedsContract = {
  /** Mappings of columns, by name. */
  'feeds.mappings': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: NoInput,
    output: z.array(MappingView),
  }),
  /** Saves a mapping; one of the same name is replaced. */
  'feeds.saveMapping': procedure({
    kind: 'mutation',
    permission: 'archive:import',
    input: ColumnMappingInput.extend({ name: MappingName }),
    output: MappingView,
  }),
  'feeds.deleteMapping': procedure({
    kind: 'mutation',
    permission: 'archive:import',
    input: z.object({ name: MappingName }),
    output: z.object({}),
  }),
  /** How an uploaded .csv or .xlsx would be understood. Changes nothing. */
  'feeds.previewTable': procedure({
    kind: 'query',
    permission: 'archive:read',
    input: z.object({
      blobId: BlobId,
      fileName: z.string().min(1).max(255),
      kind: z.enum(['auto', ...feedKinds]).default('auto'),
      /** The columns of a table of that kind; null: by their usual names. */
      mapping: ColumnMappingInput.nullable().default(null),
      asOf: CalendarDay.nullable().default(null),
    }),
    output: TablePreview,
  }),
};
