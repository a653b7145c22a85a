export type { EventKind, RiskLevel, SignKind } from './kinds.ts';
export {
  type SignLanguage,
  continuityTitle,
  eventTitle,
  findingSentence,
  findingTitle,
  promiseTitle,
  riskTitle,
  standingTitle,
} from './sentences.ts';
