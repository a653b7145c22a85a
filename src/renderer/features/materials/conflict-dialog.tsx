import { Button, Radio } from 'antd';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { textOfBody } from '../../../core/features/reviews/material/model.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { useFormat } from '../../use-format.ts';
import type { DraftText, StoredDraft } from './draft/draft-keeper.ts';
import {
  type MergePart,
  type Side,
  conflictingParts,
  differingParts,
  mergeDrafts,
  partValue,
} from './draft/merge.ts';
import styles from './material.module.css';

/**
 * Two people edited one draft: what only one of them changed is taken from there, what both changed is shown side by side and
 * chosen. Nothing is saved before.
 */
export function ConflictDialog({
  base,
  mine,
  theirs,
  onResolve,
}: {
  readonly base: DraftText;
  readonly mine: DraftText;
  readonly theirs: StoredDraft;
  readonly onResolve: (text: DraftText) => void;
}) {
  const { t } = useTranslation('materials');
  const format = useFormat();
  const [chosen, setChosen] = useState<ReadonlyMap<MergePart, Side>>(new Map());
  const conflicts = conflictingParts(base, mine, theirs);
  const others = differingParts(mine, theirs).filter((part) => !conflicts.includes(part));
  const open = conflicts.filter((part) => !chosen.has(part)).length;
  const choose = (part: MergePart, side: Side) => setChosen(new Map([...chosen, [part, side]]));
  return (
    <Dialog
      title={t('conflict.title')}
      width={960}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <>
          <span className={styles['quiet']} role="status">
            {open > 0 ? t('conflict.open', { count: open }) : t('conflict.ready')}
          </span>{' '}
          <Button onClick={() => onResolve(theirs)}>{t('conflict.theirsAll')}</Button>
          <Button onClick={() => onResolve(mine)}>{t('conflict.mineAll')}</Button>
          <Button
            type="primary"
            disabled={open > 0}
            onClick={() => onResolve(mergeDrafts(base, mine, theirs, chosen))}
          >
            {t('conflict.merge')}
          </Button>
        </>
      }
    >
      <p>{t('conflict.what', { name: theirs.savedBy, time: format.dateTime(theirs.savedAt) })}</p>
      {others.length > 0 && (
        <p className={styles['quiet']}>
          {t('conflict.automatic', {
            parts: others.map((part) => partName(t, part)).join(t('common:listSeparator')),
          })}
        </p>
      )}
      {conflicts.map((part) => (
        <fieldset key={part} className={styles['conflict']}>
          <legend>{partName(t, part)}</legend>
          <Radio.Group
            value={chosen.get(part) ?? null}
            aria-label={partName(t, part)}
            className={styles['conflictChoice'] ?? ''}
            onChange={(event) => choose(part, event.target.value === 'mine' ? 'mine' : 'theirs')}
          >
            <div className={styles['conflictSides']}>
              {(['mine', 'theirs'] as const).map((side) => (
                <div key={side}>
                  <Radio value={side}>
                    {side === 'mine' ? t('conflict.mine') : t('conflict.theirs', { name: theirs.savedBy })}
                  </Radio>
                  <p className={styles['conflictText']}>{textOf(side === 'mine' ? mine : theirs, part)}</p>
                </div>
              ))}
            </div>
          </Radio.Group>
        </fieldset>
      ))}
    </Dialog>
  );
}

function partName(t: TFunction<'materials'>, part: MergePart): string {
  if (part === 'body') return t('bodyLabel');
  if (part === 'attachments') return t('attachments.title');
  if (part === 'variants') return t('variants.label');
  if (part === 'exemptions') return t('conflict.exemptions');
  return part === 'title' ? t('list.title') : t(`field.${part.slice('fields.'.length)}`);
}

/** A part's value as text to read and choose by. */
function textOf(text: DraftText, part: MergePart): string {
  if (part === 'body') return textOfBody(text.content.body);
  if (part === 'attachments') return text.content.attachments.map(({ name }) => name).join('\n');
  if (part === 'variants')
    return text.content.variants
      .map(({ channel, title, body }) => `${channel}: ${title}\n${textOfBody(body)}`)
      .join('\n\n');
  if (part === 'fields.facts')
    return text.content.fields.facts.map(({ label, value }) => `${label} ${value}`).join('\n');
  if (part === 'fields.sources') return text.content.fields.sources.map(({ name }) => name).join('\n');
  if (part === 'exemptions') return text.exemptions.map(({ reason }) => reason).join('\n');
  const value = partValue(text, part);
  return Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : '';
}
