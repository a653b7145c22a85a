import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import type { DatabaseConnection } from '../../../platform/database/connection.ts';
import {
  type ConversationOf,
  type HandoverMessages,
  prepareHandoverMessages,
} from '../../../platform/database/sqlite/handover-messages.ts';
import { workerUrl } from '../../../platform/worker-url.ts';
import type { Observed } from './observed.ts';
import type { SignReaderSource } from './readers.ts';
import type { ScanHelperAnswer, ScanHelperStart } from './scan-protocol.ts';
import { type ScanSubject, type ScannedPart, observedIn, scanPart } from './scan.ts';

/** Messages from which on a second thread gains more than its start costs, some half a second of its own. */
const worthHelp = 150_000;
/** What the helper gets of them: it starts later, but this thread has the records to read as well. */
const helpersShare = 0.5;

export interface ScanContext {
  readonly connection: DatabaseConnection;
  readonly resources: string;
  readonly readers: SignReaderSource;
  /** Messages from which on two threads read; tests set it. */
  readonly worthHelp?: number;
}

/** Reads all of a leaver's conversations in a window, large archives with a second thread. */
export async function scanAll(context: ScanContext, subject: ScanSubject): Promise<Observed> {
  const messages = prepareHandoverMessages(context.connection);
  const leaver = messages.person(subject.leaver);
  const { from, to } = subject.window;
  const conversations = leaver === null ? [] : messages.conversations(leaver.id, from, to);
  return observedIn(
    messages,
    subject,
    conversations,
    await partsOf(context, messages, subject, conversations),
  );
}

async function partsOf(
  { connection, resources, readers, worthHelp: enough = worthHelp }: ScanContext,
  messages: HandoverMessages,
  subject: ScanSubject,
  conversations: readonly ConversationOf[],
): Promise<readonly ScannedPart[]> {
  const total = conversations.reduce((sum, { messageCount }) => sum + messageCount, 0);
  if (total < enough || availableParallelism() < 2)
    return [scanPart(messages, await readers(), subject, conversations)];
  const at = placeOfShare(conversations, total * helpersShare);
  const others = conversations.slice(0, at);
  const helper = startHelper({ database: connection.handle.name, resources, subject, conversations: others });
  // The helper compiles the words as well: neither waits for the other to have done so.
  const read = await readers();
  const own = scanPart(messages, read, subject, conversations.slice(at));
  // Where a thread can't be had, this one reads the others too.
  return [own, (await helper) ?? scanPart(messages, read, subject, others)];
}

/** How many of the first conversations have so many messages. */
function placeOfShare(conversations: readonly ConversationOf[], share: number): number {
  let sum = 0;
  const at = conversations.findIndex(({ messageCount }) => (sum += messageCount) > share);
  return at < 0 ? conversations.length : at;
}

/** Null: the thread failed. */
function startHelper(start: ScanHelperStart): Promise<ScanHelperAnswer | null> {
  return new Promise((resolve) => {
    const worker = new Worker(workerUrl('handover-scan-worker'), { workerData: start });
    worker.once('message', (answer: ScanHelperAnswer) => resolve(answer));
    worker.once('error', () => resolve(null));
    worker.once('exit', () => resolve(null));
  });
}
