import {
  type HandoverParties,
  type HandoverState,
  type PartyRole,
  isLeaver,
  judgesOwn,
  rolesOf,
} from '../model.ts';

/** Why something about signing can't be done; a key below `handovers.refusal.` each. */
export const signingRefusals = [
  'not-open',
  'not-frozen',
  'not-party',
  'no-taker',
  'no-supervisor',
  'taker-without-account',
  'account-cannot-sign',
  'taker-is-leaver',
  'account-twice',
  'unexplained-left',
  'own-handover',
  'stale',
  'reopened',
  'leaver-signs-for-leaver',
  'supervisor-is-party',
  'signed-already',
  'signed-for-other',
  'leaver-signed',
  'absence-recorded',
  'not-supervisor',
  'reason-missing',
  'not-signed',
  'no-table-for-leaver',
] as const;
export type SigningRefusal = (typeof signingRefusals)[number];

/** A role, and of which taker: with two takers there are two signatures of takers. */
export interface Seat {
  readonly role: PartyRole;
  /** The userid of the leaver or taker; empty for the supervisor. */
  readonly party: string;
}

export interface SeatSignature extends Seat {
  readonly user: string;
  /** Why the leaver didn't sign: then `user` is whoever recorded it. */
  readonly absence: string | null;
}

export interface StandingSnapshot {
  readonly hash: string;
  /** Somebody reopened the handover: nothing more is signed over it. */
  readonly reopened: boolean;
  readonly signatures: readonly SeatSignature[];
}

export interface SigningFacts {
  readonly parties: HandoverParties;
  readonly state: HandoverState;
  /** The newest one; null: nothing was frozen yet. */
  readonly snapshot: StandingSnapshot | null;
  /** Accounts of parties that are disabled, or whose roles don't let them sign. */
  readonly unable: ReadonlySet<string>;
}

/** Whoever acts; `manages` says that their roles include handovers:manage. */
export interface Signer {
  readonly user: string;
  readonly manages: boolean;
}

/** Whose signatures a frozen sheet waits for, in the order of the register: the leaver, each taker, the supervisor. */
export function seatsOf(parties: HandoverParties): readonly Seat[] {
  return [
    { role: 'leaver', party: parties.leaver },
    ...parties.takers.map(({ taker }): Seat => ({ role: 'taker', party: taker })),
    { role: 'supervisor', party: '' },
  ];
}

/** The signature in a seat, or the leaver's absence that was recorded in its place. */
export function signatureIn(signatures: readonly SeatSignature[], seat: Seat): SeatSignature | undefined {
  return signatures.find(({ role, party }) => role === seat.role && party === seat.party);
}

/** The account that may sign in a seat; null: the seat's person has none. */
export function accountOf(parties: HandoverParties, seat: Seat): string | null {
  switch (seat.role) {
    case 'leaver':
      return parties.leaverUser ?? parties.leaverNamed;
    case 'taker':
      return parties.takers.find(({ taker }) => taker === seat.party)?.userId ?? null;
    case 'supervisor':
      return parties.supervisorUser;
  }
}

/**
 * Why three different parties can't sign as things are; null: they can. The leaver needs no account: whoever has left can be
 * recorded as absent.
 */
export function refusalOfParties(parties: HandoverParties): SigningRefusal | null {
  if (parties.takers.length === 0) return 'no-taker';
  if (parties.supervisorUser === null) return 'no-supervisor';
  if (parties.takers.some(({ userId }) => userId === null)) return 'taker-without-account';
  if (parties.takers.some(({ taker }) => taker === parties.leaver)) return 'taker-is-leaver';
  const takers = parties.takers.map(({ userId }) => userId);
  // Nobody watches over themselves.
  if (takers.includes(parties.supervisorUser) || isLeaver(parties, parties.supervisorUser)) {
    return 'supervisor-is-party';
  }
  const twice = new Set(takers).size < takers.length;
  return twice || takers.some((id) => id !== null && isLeaver(parties, id)) ? 'account-twice' : null;
}

/** Whether somebody may act upon a handover as its manager: the leaver and the takers don't judge their own. */
function managesOthers(parties: HandoverParties, signer: Signer): boolean {
  return signer.manages && !judgesOwn(parties, signer.user);
}

/**
 * Why the sheet can't be frozen; null: it can. `unexplainedLeft` counts the rows that are neither accounted for by a record nor
 * explained in writing: no one signs over a gap.
 */
export function refusalOfFreeze(
  facts: SigningFacts,
  signer: Signer,
  unexplainedLeft: number,
): SigningRefusal | null {
  if (facts.state !== 'open') return 'not-open';
  if (!managesOthers(facts.parties, signer)) return 'own-handover';
  const refusal = refusalOfParties(facts.parties);
  if (refusal !== null) return refusal;
  const { supervisorUser, takers } = facts.parties;
  // Whoever can't sign would hold it up for ever. The leaver may: their absence can be recorded.
  if (
    [supervisorUser, ...takers.map(({ userId }) => userId)].some((id) => id !== null && facts.unable.has(id))
  )
    return 'account-cannot-sign';
  return unexplainedLeft > 0 ? 'unexplained-left' : null;
}

/** Why somebody can't sign in a seat over the hash that they saw; null: they can. */
export function refusalOfSignature(
  facts: SigningFacts,
  signer: Signer,
  seat: Seat,
  hash: string,
): SigningRefusal | null {
  const { parties } = facts;
  const standing = standingSnapshot(facts, hash);
  if (typeof standing === 'string') return standing;
  // Asked first: whoever leaves signs for nobody else, whatever the record says of their account.
  if (isLeaver(parties, signer.user) && seat.role !== 'leaver') return 'leaver-signs-for-leaver';
  // A name that no seat has would leave the seat unsigned although its person signed.
  if (!seatsOf(parties).some(({ role, party }) => role === seat.role && party === seat.party))
    return 'not-party';
  if (accountOf(parties, seat) !== signer.user) return 'not-party';
  const roles = rolesOf(parties, signer.user);
  if (roles.includes('supervisor') && roles.length > 1) return 'supervisor-is-party';
  const present = signatureIn(standing.signatures, seat);
  if (present !== undefined) return present.absence === null ? 'signed-already' : 'absence-recorded';
  // Three parties are three persons. What the supervisor recorded in the leaver's place is no signature of their own.
  const own = standing.signatures.some(({ user, absence }) => user === signer.user && absence === null);
  return own ? 'signed-for-other' : null;
}

/** Why the leaver can't be recorded as absent by that person; null: they can. */
export function refusalOfAbsence(
  facts: SigningFacts,
  signer: Signer,
  hash: string,
  reason: string,
): SigningRefusal | null {
  const { parties } = facts;
  const standing = standingSnapshot(facts, hash);
  if (typeof standing === 'string') return standing;
  const supervises = parties.supervisorUser === signer.user && refusalOfParties(parties) === null;
  if (!supervises && !managesOthers(parties, signer)) return 'not-supervisor';
  const present = signatureIn(standing.signatures, { role: 'leaver', party: parties.leaver });
  if (present !== undefined) return present.absence === null ? 'leaver-signed' : 'absence-recorded';
  return reason.trim() === '' ? 'reason-missing' : null;
}

/** Why what was frozen can't be taken up again; null: it can. */
export function refusalOfReopening(
  facts: SigningFacts,
  signer: Signer,
  reason: string,
): SigningRefusal | null {
  if (facts.state === 'open' || facts.snapshot === null || facts.snapshot.reopened) return 'not-frozen';
  if (!managesOthers(facts.parties, signer)) return 'own-handover';
  return reason.trim() === '' ? 'reason-missing' : null;
}

/** The certificate says that the handover is signed: only a snapshot that everybody has signed has one. */
export function refusalOfCertificate({ state, snapshot }: SigningFacts): SigningRefusal | null {
  return state === 'signed' && snapshot !== null && !snapshot.reopened ? null : 'not-signed';
}

/**
 * Why the register can't be had as a table; null: it can. The leaver reads and keeps what they sign as a PDF. All customers in a
 * workbook, in the hands of whoever leaves, is what the audit is there to find.
 */
export function refusalOfTable(parties: HandoverParties, user: string): SigningRefusal | null {
  return isLeaver(parties, user) ? 'no-table-for-leaver' : null;
}

/** Whether every seat is filled: by a signature, or the leaver's by a recorded absence. */
export function isComplete(parties: HandoverParties, signatures: readonly SeatSignature[]): boolean {
  return seatsOf(parties).every((seat) => signatureIn(signatures, seat) !== undefined);
}

/** The snapshot that is being signed, or why none is over that hash. */
function standingSnapshot(
  { state, snapshot }: SigningFacts,
  hash: string,
): StandingSnapshot | SigningRefusal {
  if (snapshot === null) return 'not-frozen';
  if (snapshot.hash !== hash) return 'stale';
  if (snapshot.reopened) return 'reopened';
  return state === 'open' ? 'not-frozen' : snapshot;
}
