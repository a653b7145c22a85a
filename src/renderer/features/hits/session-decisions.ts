import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { invoke } from '../../api/client.ts';
import { useCurrentUser } from '../../api/hooks.ts';
import { noteSessionError } from '../../api/session.ts';
import { type DecisionLog, type DecisionOutcome, createDecisionLog } from './decision-log.ts';

interface SessionDecisions {
  readonly userId: string;
  readonly log: DecisionLog;
  /** Tells this screen from now on, also after it was left: a save that fails then is still said. */
  readonly tell: (outcome: DecisionOutcome) => void;
}

let current: SessionDecisions | null = null;

/** One log for each user of this window: leaving triage, or the list, forgets no decision that can be taken back. */
function decisionsOf(userId: string): SessionDecisions {
  if (current?.userId === userId) return current;
  let told: DecisionOutcome | null = null;
  current = {
    userId,
    tell(outcome) {
      told = outcome;
    },
    log: createDecisionLog(
      {
        save: ({ hitIds, verdict, reasonCode, note }) =>
          invoke('supervision.decide', { hitIds, decision: verdict, reasonCode, note }),
        takeBack: (dispositionIds) => invoke('supervision.undo', { dispositionIds }),
      },
      {
        saved: (...answer) => told?.saved(...answer),
        failed: (...answer) => told?.failed(...answer),
      },
    ),
  };
  return current;
}

/** The user's decisions, made anywhere; the screen that asked last hears what becomes of them. */
export function useSessionDecisions(outcome: DecisionOutcome): DecisionLog {
  const client = useQueryClient();
  const { id } = useCurrentUser();
  const [decisions] = useState(() => decisionsOf(id));
  const latest = useRef(outcome);
  useEffect(() => {
    latest.current = outcome;
  });
  useLayoutEffect(() => {
    decisions.tell({
      saved: (...answer) => latest.current.saved(...answer),
      failed(decision, error, step) {
        noteSessionError(client, error);
        latest.current.failed(decision, error, step);
      },
    });
    // What this screen shows comes from the server: states that an earlier one held would hide what others did since.
    decisions.log.settle();
  }, [decisions, client]);
  return decisions.log;
}
