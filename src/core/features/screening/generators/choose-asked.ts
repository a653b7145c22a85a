import { type Stratum, askedWithin } from '../stratum.ts';

/** By pattern: one more than the place among `Patterns.classes` of something that its entry asks for, 0 where it asks for nothing. */
export interface Asked {
  /** What is rarest of what has its class. */
  readonly first: Int32Array;
  /** The next rarest; the same once more where it asks for no other. */
  readonly second: Int32Array;
}

/** What has a larger share of its class than this is not asked for by an entry: it hardly ever is something else. */
const mostShare = 0.9;

/**
 * Chooses what entries ask for: two of all that a pattern asks of its classes. One alone (人 of 人为) is there so often without the
 * other that most of what is told of would be thrown away.
 *
 * @param frequencies by class: how often it stands in ordinary text
 * @param ofFiner by finer class: the same
 */
export function chooseAsked(stratum: Stratum, frequencies: Float64Array, ofFiner: Float64Array): Asked {
  const { classes, offsets, labels } = stratum.patterns;
  const first = new Int32Array(labels.length);
  const second = new Int32Array(labels.length);
  if (stratum.finer == null) return { first, second };
  for (let pattern = 0; pattern < labels.length; pattern += 1) {
    let [least, next] = [mostShare, mostShare];
    const { from, behind } = askedWithin(stratum, offsets[pattern] ?? 0, offsets[pattern + 1] ?? 0);
    for (let at = from; at < behind; at += 1) {
      const own = stratum.finer.asked[at] ?? 0;
      const share = own === 0 ? 1 : (ofFiner[own] ?? 0) / (frequencies[classes[at] ?? 0] ?? 1);
      if (share < least) {
        [second[pattern], next] = [first[pattern] ?? 0, least];
        [first[pattern], least] = [at + 1, share];
      } else if (share < next) [second[pattern], next] = [at + 1, share];
    }
    if (second[pattern] === 0) second[pattern] = first[pattern] ?? 0;
  }
  return { first, second };
}
