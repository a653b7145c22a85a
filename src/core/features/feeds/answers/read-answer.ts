import type { FeedKind, FeedRefusal } from '../model.ts';
import {
  type Circumstances,
  type JsonObject,
  type Reading,
  RecordRefusal,
  isObject,
  newReading,
  textOf,
} from '../records.ts';
import { Answer } from './answer.ts';
import { readCustomers } from './customers.ts';
import { eventOf, readEvent } from './events.ts';
import { readGroups } from './groups.ts';
import { readLog } from './logs.ts';
import { answersIn, feedOf, isFailure } from './recognise.ts';
import { readUsers } from './roster.ts';
import { readGroupTransfer, readTransferResult, readTransferStart, readUnassigned } from './transfers.ts';

/**
 * Reads one entry of a file of JSON: an answer of WeCom's API as it is, one in an object with fields beside it, several in one
 * object, or an event. With `expected`, anything but that feed is refused. What can't be taken is answered with its reason, so that
 * it can be kept beside what could.
 */
export function readAnswer(value: unknown, expected: FeedKind | null, circumstances: Circumstances): Reading {
  const reading = newReading();
  const refuse = (reason: FeedRefusal, detail: string, what: unknown) =>
    reading.refused.push({ reason, detail, value: what });
  if (!isObject(value)) {
    refuse('other-feed', 'not an object', value);
    return reading;
  }
  const found = answersIn(value);
  if (found.length === 0 && !isEmptyAnswer(value)) {
    refuse('other-feed', 'neither an answer of the API nor an event that is known', value);
  }
  for (const layers of found) {
    const [body] = layers;
    const feed = feedOf(body);
    if (isFailure(body)) {
      const message = textOf(body, 'errmsg').slice(0, 200);
      refuse(
        'answer-error',
        `errcode ${String(body['errcode'])}${message === '' ? '' : `: ${message}`}`,
        body,
      );
    } else if (feed === null || !fits(feed, expected, body)) {
      refuse('other-feed', `this is ${feed ?? 'nothing known'}, not ${expected ?? 'a feed'}`, body);
    } else {
      try {
        readOne(expected ?? feed, new Answer(layers, circumstances), reading);
      } catch (error) {
        // What stands beside the answer is no id: nothing of it can be taken.
        if (!(error instanceof RecordRefusal)) throw error;
        refuse(error.reason, error.message, body);
      }
    }
  }
  return reading;
}

/** An answer without records: a page behind the last, a log of a quiet day. It says nothing, and nothing is wrong with it. */
function isEmptyAnswer(value: JsonObject): boolean {
  return value['errcode'] === 0 || (Array.isArray(value['record_list']) && value['record_list'].length === 0);
}

/** Empty lists of both transfers look alike, and say nothing. */
function fits(feed: FeedKind, expected: FeedKind | null, body: JsonObject): boolean {
  if (expected === null || feed === expected) return true;
  const isTransfer = expected === 'transfer-customer' || expected === 'transfer-result';
  return isTransfer && Array.isArray(body['customer']) && body['customer'].length === 0;
}

function readOne(feed: FeedKind, answer: Answer, reading: Reading): void {
  switch (feed) {
    case 'customers':
      return readCustomers(answer, reading);
    case 'groups':
      return readGroups(answer, reading);
    case 'unassigned':
      return readUnassigned(answer, reading);
    case 'transfer-customer':
      return readTransferStart(answer, reading);
    case 'transfer-result':
      return readTransferResult(answer, reading);
    case 'transfer-group':
      return readGroupTransfer(answer, reading);
    case 'events':
      return readEvent(eventOf(answer.body) ?? answer.body, answer.circumstances, reading);
    case 'file-leaks':
    case 'screenshots':
    case 'member-log':
      return readLog(answer, feed, reading);
    case 'roster':
      return readUsers(answer, reading);
    case 'live-codes':
    case 'sop-tasks':
      // These have no API: they come as tables.
      return;
  }
}
