export {
  type EventKind,
  type RiskLevel,
  type SignKind,
  daysAfter,
  daysBefore,
  eventKinds,
  mostEventsListed,
  mostEvidence,
  riskLevels,
  signKinds,
} from './kinds.ts';
export {
  type SignLanguage,
  continuityTitle,
  eventTitle,
  findingSentence,
  findingTitle,
  promiseTitle,
  riskTitle,
  signLanguages,
  standingTitle,
} from './sentences.ts';
