import { type CutEntry, Member } from './cut-entry.ts';
import { EntryError, ValueKind } from './json-cut.ts';

// The members that every message has, each with its type checked.

const digits = /^\d+$/;
/** 2100-01-01: a time beyond it is no message's time, and would not be a safe number of milliseconds for long. */
const latestTime = 4_102_444_800_000;

export function wrongType(member: string, expected: string): EntryError {
  return new EntryError('wrong-type', `${member} is not ${expected}`);
}

export function actionOf(message: CutEntry): string {
  const slot = message.slot(Member.action);
  if (slot < 0) return 'send';
  if (!message.isString(slot) || message.end(slot) - message.start(slot) > 64)
    throw wrongType('action', 'a short string');
  return message.text(slot);
}

export function kindOf(message: CutEntry): string {
  const slot = message.slot(Member.msgtype);
  if (slot < 0) throw new EntryError('wrong-type', 'there is no msgtype');
  if (message.kind(slot) === ValueKind.integer) return message.raw(slot);
  const length = message.end(slot) - message.start(slot);
  if (!message.isString(slot) || length === 0 || length > 64) throw wrongType('msgtype', 'a short string');
  return message.text(slot);
}

export function timeOf(message: CutEntry, member: number, factor: number): number {
  const slot = message.slot(member);
  const name = member === Member.time ? 'time' : member === Member.send_time ? 'send_time' : 'msgtime';
  if (slot < 0) throw new EntryError('wrong-type', `there is no ${name}`);
  let value = 0;
  const { bytes } = message;
  const end = message.end(slot);
  if (message.kind(slot) !== ValueKind.integer && message.kind(slot) !== ValueKind.plainString) {
    throw wrongType(name, 'a time in milliseconds');
  }
  for (let at = message.start(slot); at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 9) throw wrongType(name, 'a time in milliseconds');
    value = value * 10 + digit;
  }
  value *= factor;
  if (message.start(slot) === end || value > latestTime) throw wrongType(name, 'a time in milliseconds');
  return value;
}

export function recalled(message: CutEntry): boolean {
  const slot = message.slot(Member.is_recalled);
  return slot >= 0 && (message.raw(slot) === 'true' || message.raw(slot) === '1');
}

/** The entry's seq as digits; null where it has none that makes sense. */
export function sequenceOf(entry: CutEntry): string | null {
  const slot = entry.slot(Member.seq);
  if (slot < 0) return null;
  if (entry.kind(slot) === ValueKind.integer) return entry.latin1(entry.start(slot), entry.end(slot));
  const text = entry.isString(slot) ? entry.text(slot) : '';
  return digits.test(text) && text.length <= 20 ? text : null;
}

export function parseJsonString(bytes: Uint8Array, start: number, end: number): string {
  try {
    return String(
      JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')),
    );
  } catch {
    throw new EntryError('broken-json', 'not valid JSON');
  }
}

export function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;
}
