import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { HandoverId } from '../../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { useCan } from '../../../api/hooks.ts';
import { OutsideText } from '../../../components/OutsideText.tsx';
import { useFormat } from '../../../use-format.ts';
import styles from './evidence.module.css';
import { FactPlace } from './fact-place.tsx';
import { MessageLink } from './message-link.tsx';
import { useImportedFiles } from './use-imported-files.ts';

type Evidence = ProcedureOutput<'handovers.timeline'>['findings'][number]['evidence'][number];

const noNames: Readonly<Record<string, string>> = {};

/** Enough to see what is meant; the rest is asked for. */
const shownAtFirst = 3;

/** What a finding rests on: messages, which open in the archive, and imported records, which lead to their import. */
export function EvidenceList({
  handoverId,
  evidence,
  names = noNames,
  total = evidence.length,
}: {
  readonly handoverId: HandoverId;
  readonly evidence: readonly Evidence[];
  /** Of those whom records are about, by id: as lists of days name them. */
  readonly names?: Readonly<Record<string, string>>;
  /** Where only the first pieces are in `evidence`, how many there are. */
  readonly total?: number;
}) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const readsArchive = useCan()('archive:read');
  const importOf = useImportedFiles(handoverId);
  const [all, setAll] = useState(false);
  const shown = all ? evidence : evidence.slice(0, shownAtFirst);
  return (
    <>
      <ul className={styles['pieces']}>
        {shown.map((piece) => (
          <li
            key={
              piece.type === 'message' ? piece.msgid : `${piece.feed} ${piece.file} ${piece.line} ${piece.at}`
            }
          >
            {piece.type === 'message' ? (
              <>
                <span className={styles['quiet']}>{format.dateTime(piece.at)}</span>{' '}
                {readsArchive && (
                  <MessageLink messageId={piece.messageId}>{t('evidence.openMessage')}</MessageLink>
                )}
                {piece.excerpt !== '' && (
                  <p className={styles['excerpt']}>
                    <OutsideText text={piece.excerpt} />
                  </p>
                )}
              </>
            ) : (
              <>
                <span className={styles['quiet']}>{format.dateTime(piece.at)}</span>{' '}
                {piece.item !== null && (
                  <span title={piece.item}>
                    <OutsideText text={names[piece.item] ?? piece.item} />
                  </span>
                )}{' '}
                <FactPlace
                  feed={piece.feed}
                  file={piece.file}
                  line={piece.line}
                  importId={importOf(piece.feed, piece.file)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {evidence.length > shownAtFirst && (
        <Button type="link" size="small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all
            ? t('evidence.fewer')
            : t('evidence.all', { count: evidence.length, number: format.number(evidence.length) })}
        </Button>
      )}
      {(all || evidence.length <= shownAtFirst) && total > evidence.length && (
        <p className={styles['quiet']}>
          {t('evidence.moreThanShown', {
            count: total,
            number: format.number(total),
            shown: format.number(evidence.length),
          })}
        </p>
      )}
    </>
  );
}
