/**
 * When the leaver first wrote after what customers said, for any of their messages: which of them are complaints shows only later,
 * when their block is screened. Conversations by number; messages of each come in order of time.
 */
export function createAnswerTimes(conversations: number) {
  /** The first and the last of what nobody has answered; `first` is infinite where there is none. */
  const first = new Float64Array(conversations).fill(Infinity);
  const last = new Float64Array(conversations);
  const places: number[] = [];
  const times: number[] = [];

  return {
    ask(place: number, at: number): void {
      if (first[place] === Infinity) first[place] = at;
      last[place] = at;
    },
    answer(place: number, at: number): void {
      if (at <= (first[place] ?? Infinity)) return;
      places.push(place);
      times.push(at);
      // What came in the same millisecond is not answered by this.
      if (at > (last[place] ?? 0)) first[place] = Infinity;
    },
    /** Each with when the leaver first wrote afterwards; null: not within what was read. */
    withAnswers<Item extends { readonly at: number }>(
      items: readonly Item[],
      placeOf: (item: Item) => number | undefined,
    ): (Item & { readonly followedAt: number | null })[] {
      const wanted = new Map<number | undefined, number[]>(items.map((item) => [placeOf(item), []]));
      places.forEach((place, index) => wanted.get(place)?.push(times[index] ?? Infinity));
      return items.map((item) => ({
        ...item,
        followedAt: firstAfter(wanted.get(placeOf(item)) ?? [], item.at),
      }));
    },
  };
}

/** The first of ascending times that comes later. */
function firstAfter(times: readonly number[], at: number): number | null {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return times[low] ?? null;
}
