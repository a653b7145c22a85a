import type { Person } from '../../../contract/common.ts';
import type { ReviewId, UserId } from '../../../contract/ids.ts';
import type { Clock } from '../../../platform/clock.ts';

/** Screens say every half minute that they are still there; after a missed one and some, nobody is. */
const forgetAfter = 75_000;

/** Who has which review on screen. Only in memory: it decides nothing, and nobody is shown to have looked. */
export interface Presence {
  /** Answers whether that is news to the others. */
  look(review: ReviewId, person: Person): boolean;
  leave(review: ReviewId, user: UserId): boolean;
  who(review: ReviewId): readonly Person[];
}

export function createPresence(clock: Clock): Presence {
  const seen = new Map<ReviewId, Map<UserId, { readonly person: Person; readonly at: number }>>();

  function current(review: ReviewId) {
    const people = seen.get(review);
    if (people === undefined) return new Map<UserId, { readonly person: Person; readonly at: number }>();
    const now = clock.now();
    for (const [user, { at }] of people) {
      // Also where the clock was set back: then nobody can tell how long ago that was.
      if (now - at >= forgetAfter || at > now) people.delete(user);
    }
    if (people.size === 0) seen.delete(review);
    return people;
  }

  return {
    look(review, person) {
      const people = current(review);
      const isNew = !people.has(person.id);
      people.set(person.id, { person, at: clock.now() });
      seen.set(review, people);
      return isNew;
    },
    leave(review, user) {
      return current(review).delete(user);
    },
    who: (review) => [...current(review).values()].map(({ person }) => person),
  };
}
