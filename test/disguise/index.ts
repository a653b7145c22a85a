import { combined } from './combined.ts';
import { digits } from './digits.ts';
import { filler } from './filler.ts';
import { homophones } from './homophones.ts';
import { loudInnocents } from './innocents-loud.ts';
import { plainInnocents } from './innocents-plain.ts';
import { invisible } from './invisible.ts';
import { letterCase } from './case.ts';
import { lookAlikes } from './look-alikes.ts';
import { pinyin } from './pinyin.ts';
import { repeats } from './repeats.ts';
import { script } from './script.ts';
import { width } from './width.ts';

export const disguised = [
  ...width,
  ...letterCase,
  ...script,
  ...invisible,
  ...filler,
  ...repeats,
  ...digits,
  ...lookAlikes,
  ...pinyin,
  ...homophones,
  ...combined,
];
export const innocent = [...plainInnocents, ...loudInnocents];
export { splitInnocentCases } from './innocents-loud.ts';
export { split } from './split.ts';
