import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createAnswerTimes } from './answer-times.ts';

test('finds when the leaver first wrote afterwards, in each conversation', () => {
  const said = fc.record({
    place: fc.integer({ min: 0, max: 2 }),
    at: fc.integer({ min: 1, max: 30 }),
    byLeaver: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(said, { maxLength: 60 }), (unsorted) => {
      const all = unsorted.toSorted((a, b) => a.at - b.at);
      const answers = createAnswerTimes(3);
      for (const { place, at, byLeaver } of all) {
        if (byLeaver) answers.answer(place, at);
        else answers.ask(place, at);
      }
      const asked = all.filter(({ byLeaver }) => !byLeaver);
      expect(answers.withAnswers(asked, ({ place }) => place).map(({ followedAt }) => followedAt)).toEqual(
        asked.map(
          ({ place, at }) =>
            all.find((each) => each.byLeaver && each.place === place && each.at > at)?.at ?? null,
        ),
      );
    }),
    { numRuns: 1_000 },
  );
});
