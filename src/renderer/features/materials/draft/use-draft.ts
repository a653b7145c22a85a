import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { invoke } from '../../../api/client.ts';
import { useAppEvents, useCurrentUser } from '../../../api/hooks.ts';
import { type DraftKeeper, type DraftState, type StoredDraft, createDraftKeeper } from './draft-keeper.ts';
import { createLocalBackup } from './local-backup.ts';

type Draft = ProcedureOutput<'materials.draft'>;

function storedOf({ content, exemptions, revision, savedBy, savedAt }: Draft): StoredDraft {
  return { content, exemptions, revision, savedBy: savedBy.name, savedAt };
}

/** The draft of one material while its screen is open. `draft` is what the workspace had when it opened. */
export function useDraft(draft: Draft): { readonly keeper: DraftKeeper; readonly state: DraftState } {
  const { materialId } = draft;
  const user = useCurrentUser();
  const client = useQueryClient();
  const [keeper] = useState(() =>
    createDraftKeeper(storedOf(draft), {
      async save({ content, exemptions }, baseRevision) {
        const saved = await invoke('materials.saveDraft', {
          id: materialId,
          content,
          exemptions: [...exemptions],
          baseRevision,
        });
        return { revision: saved.revision, savedBy: saved.savedBy.name, savedAt: saved.savedAt };
      },
      load: async () => storedOf(await invoke('materials.draft', { id: materialId })),
      backup: createLocalBackup(user.id, materialId, window.localStorage),
      schedule(work, milliseconds) {
        const timer = window.setTimeout(work, milliseconds);
        return () => window.clearTimeout(timer);
      },
    }),
  );
  useAppEvents((event) => {
    // Somebody else's save, or an own one in another window.
    if (event.type === 'changed' && event.topics.includes('materials'))
      void keeper.refresh().catch(() => undefined);
  });
  useEffect(
    () => () => {
      keeper.close();
      // The next look at this material asks anew.
      client.removeQueries({ queryKey: ['materials', 'materials.draft'] });
    },
    [keeper, client],
  );
  return { keeper, state: useSyncExternalStore(keeper.subscribe, keeper.getState) };
}
