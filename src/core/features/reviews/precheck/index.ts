export { type PrecheckEngine, compileScreens, createEngine } from './engine.ts';
export { type ScreenedLexicon } from './lexicon-screens.ts';
export { sentenceOf } from './messages.ts';
export { type Prechecker, createPrechecker } from './prechecker.ts';
export { type Documents, type SubjectProduct, subjectOfDocument } from './subject.ts';
