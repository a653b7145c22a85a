import type { z } from 'zod';

import type { MessageField } from './contract.ts';

/** Stands between the screened fields of a message in `messages.text`: U+001E, "record separator", typed by nobody. */
export const fieldSeparator = '\u001E';

/** Top-level members of a message that are neither its body nor common to all; below this key of the stored body. */
export const otherMembersKey = '$other';
/** Holds a body that is no JSON object, where other members have to be kept beside it. */
export const bareBodyKey = '$value';

/** A nested JSON string deeper than this stays one field, screened as the text that it is. */
const maximumDepth = 32;

// Ids, hashes, codes and addresses: nobody typed them and nobody reads them (docs/formats.md §1). URLs go to the link rule.
const notText = new Set(
  (
    'id ids msgid pre_msgid userid user_id external_userid unionid openid corpid corp_id chatid roomid sdkfileid fileid ' +
    'file_id filekey meetingid meeting_id voiceid voipid docid doc_id formid form_id ticketid appid app_id pagepath ' +
    'md5 md5sum sha1 sha256 aeskey token sign signature publickey_ver encrypt_random_key encrypt_chat_msg ' +
    'url link_url image_url picurl pic_url avatar thumb_url type fileext username doc_creator demooperator share from ' +
    'tolist create_time'
  ).split(' '),
);
const hash = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/i;
const plainKey = /^[\p{L}\p{N}_$-]+$/u;

/** Whether a string below this key is nobody's text, whatever it says. */
export function isNotText(key: string): boolean {
  return notText.has(key.toLowerCase());
}

/** The key below which a message of this kind has its body: mostly the kind's own name (docs/formats.md §1). */
export function bodyKeyOf(kind: string): string {
  switch (kind) {
    case 'external_redpacket':
      return 'redpacket';
    case 'docmsg':
      return 'doc';
    case 'meeting_notification':
    case 'markdown':
    case 'news':
    case 'voiptext':
    case 'qydiskfile':
      return 'info';
    default:
      return kind;
  }
}

/**
 * The pieces of a stored message that a person typed or was shown. `messages.text` is exactly these, joined by
 * `fieldSeparator`: import and screening both come here, so offsets always mean the same.
 */
export function fieldsOf(kind: string, body: string | null, text: string): MessageField[] {
  if (body === null) return kind === 'text' ? [{ path: 'text.content', text }] : [];
  const fields: MessageField[] = [];
  const base = bodyKeyOf(kind);
  const value: unknown = JSON.parse(body);
  if (isObject(value) && (otherMembersKey in value || bareBodyKey in value)) {
    const { [otherMembersKey]: other, [bareBodyKey]: bare, ...rest } = value;
    collect(rest, base, kind, fields, 0);
    collect(bare, base, kind, fields, 0);
    if (isObject(other)) {
      for (const [key, member] of Object.entries(other))
        collectMember(key, member, pathOf('', key), kind, fields, 0);
    }
  } else {
    collect(value, base, kind, fields, 0);
  }
  return fields;
}

/** `messages.text` of these fields. */
export function joinFields(fields: readonly MessageField[]): string {
  const first = fields[0];
  if (first === undefined) return '';
  return fields.length === 1 ? first.text : fields.map((field) => field.text).join(fieldSeparator);
}

/** Which field an offset into the joined text falls in, and where that field starts in it. */
export function locate(
  fields: readonly MessageField[],
  offset: number,
): { readonly field: MessageField; readonly start: number } | null {
  let start = 0;
  for (const field of fields) {
    if (offset <= start + field.text.length) return { field, start };
    start += field.text.length + fieldSeparator.length;
  }
  return null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pathOf(parent: string, key: string): string {
  if (!plainKey.test(key)) return `${parent}[${JSON.stringify(key)}]`;
  return parent === '' ? key : `${parent}.${key}`;
}

function collect(value: unknown, path: string, kind: string, fields: MessageField[], depth: number): void {
  if (typeof value === 'string') {
    if (value !== '') fields.push({ path, text: value });
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, `${path}[${index}]`, kind, fields, depth + 1);
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      collectMember(key, member, pathOf(path, key), kind, fields, depth + 1);
    }
  }
}

function collectMember(
  key: string,
  value: unknown,
  path: string,
  kind: string,
  fields: MessageField[],
  depth: number,
): void {
  if (typeof value !== 'string') {
    // An excluded name on an object or array excludes nothing: `type: {title: …}` has text in it.
    collect(value, path, kind, fields, depth);
    return;
  }
  if (value === '' || isNotText(key) || (key !== 'content' && hash.test(value))) return;
  if (key === 'content' && (kind === 'chatrecord' || kind === 'mixed')) {
    collectNested(value, path, kind, fields, depth);
    return;
  }
  fields.push({ path, text: value });
}

/** The content of a forwarded record's item is JSON inside a string; its own `content` keeps the item's path. */
function collectNested(
  text: string,
  path: string,
  kind: string,
  fields: MessageField[],
  depth: number,
): void {
  const value = depth < maximumDepth ? parseNested(text) : undefined;
  if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      const inner = key === 'content' && typeof member === 'string' ? path : pathOf(path, key);
      collectMember(key, member, inner, kind, fields, depth + 1);
    }
  } else if (Array.isArray(value)) {
    collect(value, path, kind, fields, depth + 1);
  } else {
    fields.push({ path, text });
  }
}

function parseNested(text: string): unknown {
  const first = text.trimStart()[0];
  if ((first !== '{' && first !== '[') || nestingOf(text) > maximumDepth) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How deep brackets nest in a JSON text, strings left out: known before JSON.parse builds anything. */
function nestingOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (inString) {
      if (unit === 0x5c) index += 1;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x7b || unit === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (unit === 0x7d || unit === 0x5d) depth -= 1;
  }
  return deepest;
}

export type Json = z.core.util.JSONType;

/**
 * JSON.parse that keeps integers beyond 2^53 exact, as strings of their digits: a meetingid is a uint64.
 * Uses the source text that ES2025's reviver gives (Node 24, Chrome 140).
 */
export function parseExact(text: string): Json {
  const exact = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context?.source ?? '')
      ? context?.source
      : value;
  return JSON.parse(text, exact) as Json; // oxlint-disable-line typescript/consistent-type-assertions -- JSON.parse yields JSON
}
