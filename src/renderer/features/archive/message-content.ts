/**
 * What a message shows, apart from how: each msgtype of the WeCom archive (docs/formats §1) becomes facts and texts.
 * Every screened field of a message appears in exactly one place, so that no hit can point at a text nobody sees.
 */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What this module reads of a message; MessageView fits. */
export interface ContentSource {
  readonly kind: string;
  readonly fields: readonly { readonly path: string; readonly text: string }[];
  readonly body: Json | null;
}

export type FactValue =
  | { readonly type: 'bytes' | 'seconds' | 'time' | 'number' | 'money'; readonly value: number }
  | { readonly type: 'pixels'; readonly width: number; readonly height: number }
  | { readonly type: 'text' | 'link'; readonly value: string };

export interface Fact {
  /** A key below `archive.fact.` in the i18n files. */
  readonly label: string;
  readonly value: FactValue;
}

export interface TextPart {
  readonly path: string;
  readonly text: string;
  readonly role: 'title' | 'text' | 'detail';
  /** A key below `archive.fact.`, or null where the text speaks for itself. */
  readonly label: string | null;
}

export interface NestedItem {
  /** The item's own type as the archive names it: ChatRecordText, image… */
  readonly type: string;
  readonly at: number | null;
  readonly texts: readonly TextPart[];
  readonly facts: readonly Fact[];
}

export interface MessageContent {
  readonly shape: 'text' | 'notice' | 'media' | 'card' | 'unknown';
  readonly texts: readonly TextPart[];
  readonly facts: readonly Fact[];
  readonly items: readonly NestedItem[];
  /** The body as indented JSON, for kinds that nobody has described yet. */
  readonly json: string | null;
}

export const knownKinds = [
  'text',
  'image',
  'voice',
  'video',
  'revoke',
  'agree',
  'disagree',
  'card',
  'location',
  'emotion',
  'file',
  'link',
  'weapp',
  'chatrecord',
  'mixed',
  'redpacket',
  'external_redpacket',
  'collect',
  'meeting',
  'meeting_notification',
  'docmsg',
  'markdown',
  'news',
  'calendar',
  'meeting_voice_call',
  'voip_doc_share',
  'sphfeed',
  'voiptext',
  'qydiskfile',
  'switch',
] as const;
export type KnownKind = (typeof knownKinds)[number];

export function isKnownKind(kind: string): kind is KnownKind {
  return knownKinds.some((known) => known === kind);
}

const shapes: Readonly<Record<KnownKind, MessageContent['shape']>> = {
  text: 'text',
  markdown: 'text',
  mixed: 'card',
  image: 'media',
  voice: 'media',
  video: 'media',
  emotion: 'media',
  revoke: 'notice',
  agree: 'notice',
  disagree: 'notice',
  switch: 'notice',
  card: 'card',
  location: 'card',
  file: 'card',
  link: 'card',
  weapp: 'card',
  chatrecord: 'card',
  redpacket: 'card',
  external_redpacket: 'card',
  collect: 'card',
  meeting: 'card',
  meeting_notification: 'card',
  docmsg: 'card',
  news: 'card',
  calendar: 'card',
  meeting_voice_call: 'media',
  voip_doc_share: 'card',
  sphfeed: 'card',
  voiptext: 'media',
  qydiskfile: 'card',
};

type JsonObject = { readonly [key: string]: Json };

function isObject(value: Json | undefined | null): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The keys that hold a body under another name than its msgtype's. */
const otherBodyKeys = ['info', 'doc', 'redpacket', 'content'];

/**
 * The object with the kind's own members, whether `body` is that object or the message around it. Members that stood
 * beside the body in the archive (a call's `endtime`) come under `$other`.
 */
function ownBody(kind: string, body: Json | null): JsonObject {
  if (!isObject(body)) return {};
  const inner = [kind, ...otherBodyKeys].map((key) => body[key]).find((value) => isObject(value));
  const other = body['$other'];
  return { ...(isObject(other) ? other : {}), ...body, ...(isObject(inner) ? inner : {}) };
}

function numberOf(value: Json | undefined): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim())) return Number(value);
  return null;
}

/** Archives give some times in seconds and some in milliseconds; seconds stay below 1e11 until the year 5138. */
function toMilliseconds(value: number): number {
  return value < 1e11 ? value * 1000 : value;
}

interface FactRule {
  readonly keys: readonly string[];
  readonly label: string;
  readonly type: Exclude<FactValue['type'], 'pixels'>;
}

// Only members that tell a reader something: hashes, sdkfileids and internal codes stay in the raw view.
const factRules: readonly FactRule[] = [
  { keys: ['filesize', 'imagesize', 'voice_size'], label: 'size', type: 'bytes' },
  { keys: ['play_length', 'callduration'], label: 'length', type: 'seconds' },
  { keys: ['fileext'], label: 'fileType', type: 'text' },
  { keys: ['longitude'], label: 'longitude', type: 'number' },
  { keys: ['latitude'], label: 'latitude', type: 'number' },
  { keys: ['link_url', 'url'], label: 'link', type: 'link' },
  { keys: ['totalcnt'], label: 'count', type: 'number' },
  { keys: ['totalamount'], label: 'amount', type: 'money' },
  { keys: ['create_time'], label: 'createdAt', type: 'time' },
  { keys: ['agree_time', 'disagree_time', 'time'], label: 'at', type: 'time' },
  { keys: ['starttime'], label: 'startsAt', type: 'time' },
  { keys: ['endtime'], label: 'endsAt', type: 'time' },
  { keys: ['meetingid', 'meeting_id'], label: 'meetingId', type: 'text' },
  { keys: ['username'], label: 'appId', type: 'text' },
  { keys: ['userid', 'user'], label: 'account', type: 'text' },
];

function factsOf(body: JsonObject, shown: ReadonlySet<string>): Fact[] {
  const facts: Fact[] = [];
  const width = numberOf(body['width']);
  const height = numberOf(body['height']);
  if (width !== null && height !== null) {
    facts.push({ label: 'dimensions', value: { type: 'pixels', width, height } });
  }
  for (const rule of factRules) {
    for (const key of rule.keys) {
      const fact = factOf(rule, body[key]);
      // A text that the message shows as a screened field needn't stand there twice.
      if (fact && !(fact.value.type === 'text' && shown.has(fact.value.value))) facts.push(fact);
    }
  }
  return facts;
}

function factOf(rule: FactRule, raw: Json | undefined): Fact | null {
  switch (rule.type) {
    case 'text':
    case 'link': {
      if (typeof raw !== 'string' && typeof raw !== 'number') return null;
      const value = String(raw).trim();
      return value === '' ? null : { label: rule.label, value: { type: rule.type, value } };
    }
    case 'time': {
      const value = numberOf(raw);
      if (value !== null) {
        return value > 0
          ? { label: rule.label, value: { type: 'time', value: toMilliseconds(value) } }
          : null;
      }
      return typeof raw === 'string' && raw !== ''
        ? { label: rule.label, value: { type: 'text', value: raw } }
        : null;
    }
    case 'bytes':
    case 'seconds':
    case 'number':
    case 'money': {
      const value = numberOf(raw);
      return value === null ? null : { label: rule.label, value: { type: rule.type, value } };
    }
  }
}

const titles = new Set(['title', 'topic', 'filename', 'displayname', 'room_name', 'sph_name', 'corpname']);
const plain = new Set(['content', 'text', 'description', 'feed_desc', 'wish']);
const labelled: Readonly<Record<string, string>> = {
  address: 'address',
  place: 'address',
  remarks: 'remarks',
  creatorname: 'creator',
  creator: 'creator',
  doc_creator: 'creator',
  attendeename: 'attendees',
  ques: 'question',
  demofiledata: 'sharedFile',
  displayname: 'appName',
  corpname: 'company',
};

/** The last member's name in a path such as `chatrecord.item[0].content`, without its index. */
function memberOf(path: string): string {
  const last = path.split('.').at(-1) ?? path;
  return last.replace(/(\[\d+\])+$/, '');
}

function textPart(field: { path: string; text: string }): TextPart {
  const member = memberOf(field.path);
  const role = titles.has(member) ? 'title' : plain.has(member) ? 'text' : 'detail';
  const label = labelled[member] ?? null;
  return {
    path: field.path,
    text: field.text,
    role: label !== null && role === 'title' ? 'detail' : role,
    label,
  };
}

/** The index of the nested item that a path leads into: 2 for `mixed.item[2].content`; null outside of items. */
function itemIndex(path: string): number | null {
  const match = /(?:^|\.)(?:item|details)\[(\d+)\]/.exec(path);
  return match?.[1] === undefined ? null : Number(match[1]);
}

function nestedItems(body: JsonObject, fields: ContentSource['fields']): NestedItem[] {
  const listed = body['item'] ?? body['details'];
  const raw = Array.isArray(listed) ? listed : [];
  const byItem = new Map<number, { path: string; text: string }[]>();
  for (const field of fields) {
    const index = itemIndex(field.path);
    if (index === null) continue;
    const texts = byItem.get(index) ?? [];
    texts.push(field);
    byItem.set(index, texts);
  }
  const count = Math.max(raw.length, ...[...byItem.keys()].map((index) => index + 1));
  const items: NestedItem[] = [];
  for (let index = 0; index < count; index++) {
    const item: Json | undefined = raw[index];
    const own = isObject(item) ? item : {};
    const at = numberOf(own['msgtime']);
    const texts = (byItem.get(index) ?? []).map((field) => textPart(field));
    const inner = innerContent(own['content']);
    const type = typeof own['type'] === 'string' ? own['type'] : '';
    items.push({
      type,
      at: at === null ? null : toMilliseconds(at),
      texts,
      facts: factsOf({ ...own, ...inner }, new Set(texts.map((text) => text.text))),
    });
  }
  return items;
}

/** An item's `content` is JSON in a string; anything else tells no facts. */
function innerContent(content: Json | undefined): JsonObject {
  if (isObject(content)) return content;
  if (typeof content !== 'string' || !content.startsWith('{')) return {};
  try {
    const parsed: Json = JSON.parse(content);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** Lays a message out. Never throws, whatever the body holds. */
export function contentOf(source: ContentSource): MessageContent {
  const { kind, fields } = source;
  const known = isKnownKind(kind);
  const body = ownBody(kind, source.body);
  const outside = fields.filter((field) => itemIndex(field.path) === null);
  const texts = outside.map((field) => textPart(field));
  const shown = new Set(texts.map((text) => text.text));
  if (!known) {
    return {
      shape: 'unknown',
      texts: fields.map((field) => ({ path: field.path, text: field.text, role: 'detail', label: null })),
      facts: [],
      items: [],
      json: source.body === null ? null : JSON.stringify(source.body, null, 2),
    };
  }
  return {
    shape: shapes[kind],
    texts,
    facts: kind === 'text' || kind === 'markdown' ? [] : factsOf(body, shown),
    items: nestedItems(body, fields),
    json: null,
  };
}
