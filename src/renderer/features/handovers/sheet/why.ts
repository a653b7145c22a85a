import type { TFunction } from 'i18next';

import { nameOf } from '../names.ts';
import type { SheetRow } from './use-rows.ts';

/** Why a row has its outcome, in one sentence. */
export function whySentence(
  t: TFunction<'handovers'>,
  row: Pick<SheetRow, 'why' | 'whyValue' | 'taker'>,
  names: Readonly<Record<string, string>>,
): string {
  return t(`why.${row.why}`, {
    value: row.whyValue,
    taker: row.taker === null ? '' : nameOf(names, row.taker),
    defaultValue: row.why,
  });
}
