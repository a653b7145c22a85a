import { createChat, createLexicon } from './chat.ts';
import { type Corpus, report } from './measure.ts';

// The engine where hits are everywhere, as no bank's lexicon has them: terms of random characters, many of them from those
// that the chats are made of. What a hit costs shows here. Run: `npm run bench -- dense`.

const messages = createChat(20_260_401, 400_000);

function* corpora(): Generator<Corpus> {
  for (const size of [2_000, 20_000, 100_000]) yield { messages, terms: createLexicon(size, size) };
}

report(corpora());
