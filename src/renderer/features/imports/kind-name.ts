import type { TFunction } from 'i18next';

import { type FeedKind, feedKinds, feedTitles } from '../../../core/features/feeds/model.ts';
import type { Language } from '../../../core/contract/language.ts';

/** What a kind of file is called: a feed as it is everywhere, the others as importing alone knows them. */
export function kindName(kind: string, t: TFunction<'imports'>, language: Language): string {
  const feed = feedKinds.find((each): each is FeedKind => each === kind);
  return feed === undefined ? t(`kind.${kind}`) : feedTitles[language][feed];
}
