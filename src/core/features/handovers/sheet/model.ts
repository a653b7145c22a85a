export { procedureSentence, procedureTitle } from './procedure-words.ts';
export { type Why, whySentence } from './why-words.ts';
