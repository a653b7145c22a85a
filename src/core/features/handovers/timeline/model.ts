export { type EventKind, type RiskLevel, type SignKind, riskLevels } from './kinds.ts';
export { levelOf as riskLevelOf } from './risk.ts';
export {
  continuityTitle,
  eventTitle,
  findingSentence,
  findingTitle,
  promiseTitle,
  riskTitle,
  standingTitle,
} from './sentences.ts';
