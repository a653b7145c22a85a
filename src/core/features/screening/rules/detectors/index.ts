import type { DetectorName } from '../model.ts';
import type { Reading } from '../reading.ts';
import { type SourceText, widthFolds } from '../source-text.ts';
import { type Span, sortSpans, withoutRepeats } from '../spans.ts';
import { createMailFinder, createUrlFinder } from './addresses.ts';
import { findCardNumbers } from './bank-cards.ts';
import type { Found } from './found.ts';
import type { HostLists } from './hosts.ts';
import { findIdentityNumbers } from './identity-numbers.ts';
import { findAmounts, findRates } from './money.ts';
import { findLandlines, findMobiles } from './telephones.ts';
import { findWechatIds } from './wechat-ids.ts';

/** Finds what a detector is named after: spans of the original, by start and then by end, each extent once. */
export type Detect = (source: SourceText) => Span[];

/** A detector by its name; the lists are those of addresses, which the others do without. */
export function createDetector(name: DetectorName, lists: HostLists): Detect {
  const find = finderOf(name, lists);
  return (source) => {
    const reading = source.plain();
    const text = source.text();
    const spans = find(reading).map(({ start, end, read, folds }): Span => {
      const place = reading.original(start, end);
      const written = text.slice(place.start, place.end);
      return {
        ...place,
        // Small letters are how it was read, not what was hidden.
        folds: folds | (written === read ? 0 : widthFolds(text, place.start, place.end)),
        from: { kind: 'read', read },
      };
    });
    return withoutRepeats(sortSpans(spans));
  };
}

function finderOf(name: DetectorName, lists: HostLists): (reading: Reading) => Found[] {
  switch (name) {
    case 'id-card':
      return findIdentityNumbers;
    case 'bank-card':
      return findCardNumbers;
    case 'mobile':
      return findMobiles;
    case 'landline':
      return findLandlines;
    case 'email':
      return createMailFinder(lists);
    case 'url':
      return createUrlFinder(lists);
    case 'wechat-id':
      return findWechatIds;
    case 'amount':
      return findAmounts;
    case 'rate':
      return findRates;
    default:
      return name satisfies never;
  }
}
