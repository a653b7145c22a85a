import { App } from 'antd';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';

import type { ReasonCode } from '../../../core/features/supervision/model.ts';
import { useErrorToast } from '../../components/use-error-toast.ts';
import type { Verdict } from './decision-log.ts';
import type { HitRow, HitRows } from './hit-rows.ts';
import { useSessionDecisions } from './session-decisions.ts';

type HitId = HitRow['id'];

/** The contract's bound on one decision. */
export const mostDecided = 1000;
/** More than a screen's rows, which nobody checks one by one: ask before. */
export const askedFrom = 20;

/** A decision over many rows that waits for a yes. */
export interface AskedDecision {
  readonly hitIds: readonly HitId[];
  readonly verdict: Verdict;
}

interface Told {
  readonly decided: (hitIds: readonly HitId[]) => void;
  readonly undone: (hitIds: readonly HitId[]) => void;
}

/** Decisions over chosen rows: saved first, shown then; the newest of the session can be taken back. */
export function useTableDecisions(rows: HitRows, told: Told) {
  const { t } = useTranslation('hits');
  const { message } = App.useApp();
  const showError = useErrorToast();
  const [asked, setAsked] = useState<AskedDecision | null>(null);
  const log = useSessionDecisions({
    saved(hits, decision, step) {
      rows.put(hits);
      const ids = hits.map((hit) => hit.id);
      if (step === 'undo') {
        told.undone(ids);
        void message.success(t('table.undone', { count: ids.length }));
      } else {
        told.decided(ids);
        void message.success(
          t('table.decided', { count: ids.length, decision: t(`decision.${decision.verdict}`) }),
        );
      }
    },
    failed: (_decision, error) => showError(error),
  });
  const pending = useSyncExternalStore(log.subscribe, log.pending);
  const canUndo = useSyncExternalStore(log.subscribe, log.canUndo);
  const decide = (
    hitIds: readonly HitId[],
    verdict: Verdict,
    extra?: { readonly reasonCode: ReasonCode | null; readonly note: string },
  ) => log.decide(hitIds, verdict, (id) => rows.get(id)?.state ?? 'open', extra);
  return {
    busy: pending > 0,
    canUndo,
    asked,
    /** Decides, or asks first where there are many. What goes beyond the bound stays chosen. */
    decide(hitIds: readonly HitId[], verdict: Verdict) {
      const now = hitIds.slice(0, mostDecided);
      if (now.length === 0 || pending > 0) return;
      if (now.length > askedFrom) setAsked({ hitIds: now, verdict });
      else decide(now, verdict);
    },
    answer(extra: { readonly reasonCode: ReasonCode | null; readonly note: string } | null) {
      setAsked(null);
      if (asked !== null && extra !== null) decide(asked.hitIds, asked.verdict, extra);
    },
    // At once, also while the decision is still being saved: a quick `2 u` takes it back as soon as it is.
    undo: () => void log.undo(),
  };
}
