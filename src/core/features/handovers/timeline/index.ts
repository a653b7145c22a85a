export type { ComplaintReader } from './complaints.ts';
export type { Observed, ObservedConversation, ObservedMessage, Person } from './observed.ts';
export type { SignReaderSource } from './readers.ts';
export { TextScreen } from './text-screen.ts';
