import type { Generated } from 'kysely';

import type {
  BlobId,
  CalendarDay,
  ContentHash,
  MaterialId,
  MaterialVersionId,
  Milliseconds,
  UserId,
} from '../../../contract/ids.ts';
import type { MaterialState, MaterialType, ProductType } from '../../../features/reviews/material/model.ts';
import type { Fixed, Flag } from './columns.ts';

/** As 0004-materials makes them. */
export interface MaterialTables {
  materials: {
    id: Fixed<MaterialId>;
    type: Fixed<MaterialType>;
    state: Generated<MaterialState>;
    title: string;
    title_key: string;
    /** `,moments,sms,` in the order of `channels`; `,` where there is none. */
    channels: string;
    branch: string;
    campaign: string;
    product_type: ProductType | null;
    product_name: string;
    valid_until: CalendarDay | null;
    created_by: Fixed<UserId>;
    created_at: Fixed<Milliseconds>;
    updated_by: UserId;
    updated_at: Milliseconds;
    latest_number: Generated<number>;
    latest_version_id: MaterialVersionId | null;
    draft_differs: Flag;
    retired_at: Milliseconds | null;
    retired_by: UserId | null;
    retired_reason: string | null;
  };
  material_drafts: {
    material_id: Fixed<MaterialId>;
    /** JSON of the canonical `MaterialContent`. */
    content: string;
    content_hash: ContentHash;
    /** JSON of `ClaimedExemption[]`. */
    exemptions: string;
    revision: number;
    series_from: number;
    updated_by: UserId;
    updated_at: Milliseconds;
  };
  material_draft_editors: { material_id: MaterialId; user_id: UserId };
  material_versions: {
    id: Fixed<MaterialVersionId>;
    material_id: Fixed<MaterialId>;
    number: Fixed<number>;
    title: Fixed<string>;
    content: Fixed<string>;
    content_hash: Fixed<ContentHash>;
    exemptions: Fixed<string>;
    exemption_count: Fixed<number>;
    note: Fixed<string>;
    created_by: Fixed<UserId>;
    created_at: Fixed<Milliseconds>;
    /** JSON of `PrecheckFinding[]`; null until it was checked, then for ever. */
    findings: string | null;
    blocks: number | null;
    warns: number | null;
    notes: number | null;
    precheck_at: Milliseconds | null;
  };
  material_version_editors: { version_id: Fixed<MaterialVersionId>; user_id: Fixed<UserId> };
  material_files: {
    material_id: Fixed<MaterialId>;
    blob_id: Fixed<BlobId>;
    name: string;
    media_type: string;
    size: number;
    added_by: UserId;
    added_at: Milliseconds;
  };
}
