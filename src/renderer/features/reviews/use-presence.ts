import { useEffect, useState } from 'react';

import type { ReviewId } from '../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { invoke } from '../../api/client.ts';
import { useCurrentUser } from '../../api/hooks.ts';

type People = ProcedureOutput<'reviews.look'>;

/** Half of the time after which somebody counts as gone. */
const step = 30_000;

/** Tells the others that the review is on this screen, and answers who else has it on theirs. */
export function usePresence(id: ReviewId): People {
  const me = useCurrentUser().id;
  const [people, setPeople] = useState<People>([]);
  useEffect(() => {
    let here = true;
    const look = () =>
      invoke('reviews.look', { id }).then(
        (all) => here && setPeople(all.filter((person) => person.id !== me)),
        // Presence is a courtesy: without it everything else works.
        () => undefined,
      );
    void look();
    const timer = window.setInterval(() => void look(), step);
    return () => {
      here = false;
      window.clearInterval(timer);
      invoke('reviews.look', { id, leaving: true }).catch(() => undefined);
    };
  }, [id, me]);
  return people;
}
