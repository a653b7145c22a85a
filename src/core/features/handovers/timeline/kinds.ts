/** Signs that customers are carried away, worked out from the archive and the feeds. */
export const signKinds = [
  /** The leaver's words lead a customer to a private account or elsewhere. */
  'diversion',
  /** They name products or payments that the bank doesn't know of. */
  'off-book',
  /** Such words were revoked afterwards. */
  'diversion-revoked',
  /** Contact cards of somebody who is no known employee. */
  'cards-sent',
  /** Files that by their names are lists of customers. */
  'lists-sent',
  /** The file-leak log names the leaver. */
  'files-leaked',
  'screenshots',
  'new-device',
  'binding-changed',
  /** The leaver deleted customers. */
  'customers-deleted',
  /** More messages revoked than usual. */
  'messages-revoked',
  /** More customers written to on a day than usual, or many the same words. */
  'mass-contact',
  'groups-dismissed',
  'groups-renamed',
  'members-removed',
  /** Customers who had been led elsewhere left, or refused the taker. */
  'followed-out',
  /** Many customers left around the last day, without words that explain it. */
  'customers-left',
  /** The account was used after the last day. */
  'active-after-leaving',
] as const;
export type SignKind = (typeof signKinds)[number];

/** The kind of the finding with this key, a sign or one of procedure: keys are kinds, some with what they are about. */
export function kindOfKey(key: string): string {
  const end = key.indexOf(':');
  return end === -1 ? key : key.slice(0, end);
}

/** What stands in the timeline, grouped by day. */
export const eventKinds = [
  'last-day',
  'customer-deleted',
  'customer-left',
  'takeover-refused',
  'taken-over',
  'card',
  'file',
  'file-leak',
  'screenshot',
  'new-device',
  'binding-changed',
  'diversion',
  'off-book',
  'revoked',
  'mass-contact',
  'group-dismissed',
  'group-renamed',
  'members-removed',
  'owner-changed',
  'active-after-leaving',
] as const;
export type EventKind = (typeof eventKinds)[number];

export const riskLevels = ['none', 'low', 'medium', 'high'] as const;
export type RiskLevel = (typeof riskLevels)[number];

/** How far the timeline reaches, in days before the last day and after it. */
export const daysBefore = 90;
export const daysAfter = 30;
/** Events of one kind and day that are listed; the count says how many there are. */
export const mostEventsListed = 10;
/** Pieces of evidence that a finding lists; its `count` says how many there are. */
export const mostEvidence = 100;
