import type { Migration } from 'kysely/migration';

import { foundation } from './0001-foundation.ts';
import { skippedMembers } from './0002-skipped-members.ts';
import { rules } from './0003-rules.ts';
import { materials } from './0004-materials.ts';
import { products } from './0005-products.ts';
import { workflow } from './0006-workflow.ts';
import { publication } from './0007-publication.ts';
import { documents } from './0008-documents.ts';
import { lexiconEdits } from './0009-lexicon-edits.ts';
import { handovers } from './0010-handovers.ts';
import { pastSeats } from './0011-past-seats.ts';

/** Numbered, forward only. A released migration is never edited: a mistake is mended by the next one. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
  '0002-skipped-members': skippedMembers,
  '0003-rules': rules,
  '0004-materials': materials,
  '0005-products': products,
  '0006-workflow': workflow,
  '0007-publication': publication,
  '0008-documents': documents,
  '0009-lexicon-edits': lexiconEdits,
  '0010-handovers': handovers,
  '0011-past-seats': pastSeats,
};
