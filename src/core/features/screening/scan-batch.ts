import type { Circumstances } from './rules/model.ts';
import {
  type CircumstanceColumns,
  type JoinedColumns,
  type ScanBatch,
  type ScanHits,
  type ScanResult,
  channelCodes,
  confidenceToUnits,
  hitWidth,
  partWidth,
  speakerCodes,
} from './scan-protocol.ts';
import type { Found, Screener } from './screener.ts';
import type { JoinedText } from './split.ts';

const nothingKnown: Circumstances = {
  speaker: null,
  channel: null,
  kind: null,
  minuteOfDay: null,
  branch: null,
  productType: null,
};

/**
 * Screens the batch's texts. Offsets in the answer count from each text's own beginning. What an exemption or a suppression
 * silences is left out.
 */
export function screenBatch(screener: Screener, batch: ScanBatch): ScanResult {
  const { units, offsets, circumstances, joined } = batch;
  const hits = new HitList();
  const cut: number[] = [];
  const texts = offsets.length - 1;
  const firstJoined = texts - (joined === null ? 0 : joined.jointOffsets.length - 1);
  for (let text = 0; text < texts; text += 1) {
    const from = offsets[text] ?? 0;
    const to = offsets[text + 1] ?? from;
    const known = circumstances === null ? nothingKnown : circumstancesOf(circumstances, text);
    if (joined === null || text < firstJoined) {
      screener.screenUnits(units, from, to, known, (hit) => hits.add(text, hit, from));
    } else {
      const whole = joinedText(units.subarray(from, to), joined, text - firstJoined);
      for (const hit of screener.screenJoined(whole, known)) hits.add(text, hit, 0);
    }
    if (screener.cut) cut.push(text);
  }
  return { hits: hits.all(), cut: Uint32Array.from(cut) };
}

/** Hits as flat numbers, doubled when it is full. */
class HitList {
  #numbers: ScanHits = new Int32Array(256 * hitWidth);
  #used = 0;

  /** Offsets are counted from `origin`. */
  add(text: number, { entry, start, end, folds, confidence, silencedBy }: Found, origin: number): void {
    if (silencedBy !== null) return;
    if (this.#used === this.#numbers.length) {
      const grown = new Int32Array(this.#numbers.length * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    const at = this.#used;
    this.#numbers[at] = text;
    this.#numbers[at + 1] = entry;
    this.#numbers[at + 2] = start - origin;
    this.#numbers[at + 3] = end - origin;
    this.#numbers[at + 4] = folds;
    this.#numbers[at + 5] = confidenceToUnits(confidence);
    this.#used += hitWidth;
  }

  all(): ScanHits {
    return this.#numbers.slice(0, this.#used);
  }
}

function circumstancesOf(columns: CircumstanceColumns, text: number): Circumstances {
  const { speakers, channels, kinds, branches, minutes, names } = columns;
  const minute = minutes[text] ?? -1;
  return {
    speaker: speakerCodes[speakers[text] ?? 0] ?? null,
    channel: channelCodes[channels[text] ?? 0] ?? null,
    kind: names[kinds[text] ?? -1] ?? null,
    minuteOfDay: minute < 0 ? null : minute,
    branch: names[branches[text] ?? -1] ?? null,
    productType: null,
  };
}

const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });

/** The text as the joiner made it. */
function joinedText(units: Uint16Array, columns: JoinedColumns, index: number): JoinedText {
  const { joints, jointOffsets, parts, partOffsets } = columns;
  const ofPart: JoinedText['parts'][number][] = [];
  for (let at = partOffsets[index] ?? 0; at < (partOffsets[index + 1] ?? 0); at += partWidth) {
    ofPart.push({
      back: parts[at] ?? 0,
      start: parts[at + 1] ?? 0,
      offset: parts[at + 2] ?? 0,
      length: parts[at + 3] ?? 0,
    });
  }
  return {
    text: textOf(units),
    joints: Array.from(joints.subarray(jointOffsets[index] ?? 0, jointOffsets[index + 1] ?? 0)),
    parts: ofPart,
  };
}

/** UTF-16 as it is: a TextDecoder would replace unpaired surrogates, so they go the slow way. */
function textOf(units: Uint16Array): string {
  const text = decoder.decode(units);
  if (!text.includes('\uFFFD')) return text;
  let exact = '';
  for (let from = 0; from < units.length; from += 8_192)
    exact += String.fromCharCode(...units.subarray(from, from + 8_192));
  return exact;
}
