export type { Observed, ObservedConversation, ObservedMessage, Person } from './observed.ts';
