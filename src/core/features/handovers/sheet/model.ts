export { procedureSentence, procedureTitle } from './procedure-words.ts';
