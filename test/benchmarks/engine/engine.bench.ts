import { type Corpus, report } from './measure.ts';
import { createBankLexicon, createOrdinaryChat } from './corpus.ts';
import { plant } from './plant.ts';

// The engine as the targets are held against it: chats in which 0.5 % of the messages have a term of the lexicon, and as
// many one in disguise. dense.bench.ts is the same with hits everywhere. Run: `npm run bench -- engine.bench`.

const chat = createOrdinaryChat(20_260_401, 480_000);

function* corpora(): Generator<Corpus> {
  for (const size of [2_000, 20_000, 100_000]) {
    const terms = createBankLexicon(size, size);
    yield { messages: plant(size, chat, terms), terms };
  }
}

report(corpora());
