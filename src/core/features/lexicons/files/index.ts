// Reading lexicons from files, without the database that the feature keeps them in.
export { foldOf } from '../columns.ts';
export { readLexiconFile } from '../lexicon-file.ts';
export { readStarterPacks } from '../starter-packs.ts';
