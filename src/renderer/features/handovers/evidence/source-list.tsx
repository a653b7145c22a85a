import { useTranslation } from 'react-i18next';

import type { HandoverId } from '../../../../core/contract/ids.ts';
import type { RowSource } from '../../../../core/features/handovers/model.ts';
import { useFormat } from '../../../use-format.ts';
import { nameOf } from '../names.ts';
import styles from './evidence.module.css';
import { FactPlace } from './fact-place.tsx';
import { useImportedFiles } from './use-imported-files.ts';

/** What a row rests on, in order of time: each record in a plain sentence, and where it stands. */
export function SourceList({
  handoverId,
  sources,
  names,
}: {
  readonly handoverId: HandoverId;
  readonly sources: readonly RowSource[];
  readonly names: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const importOf = useImportedFiles(handoverId);
  if (sources.length === 0) return <p className={styles['quiet']}>{t('row.noSources')}</p>;
  return (
    <ol className={styles['sources']}>
      {sources.map((source, index) => (
        // Two records may say the same of the same moment; the list never changes order.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index}>
          <p className={styles['quiet']}>
            {source.type === 'fact' && source.wholeDay ? format.date(source.at) : format.dateTime(source.at)}
          </p>
          <p>
            {t(`says.${source.says}`, {
              employee: source.employee === null ? t('row.somebody') : nameOf(names, source.employee),
              by: source.type === 'app' ? source.by : '',
              code: source.type === 'fact' ? (source.code ?? '') : '',
              defaultValue: source.says,
            })}
          </p>
          {source.type === 'fact' ? (
            <FactPlace
              feed={source.feed}
              file={source.file}
              line={source.line}
              importId={importOf(source.feed, source.file)}
            />
          ) : (
            <span className={styles['place']}>
              {source.by === '' ? t('evidence.here') : t('evidence.inApp', { name: source.by })}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
