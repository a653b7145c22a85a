import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import type { Source } from '../../../../core/features/reviews/material/contract.ts';
import { DayInput } from '../../../components/DayInput.tsx';
import styles from './fields.module.css';
import { replaced } from './rows.ts';

/** Where the text's statements come from: a name, its day, and its address. */
export function SourceRows({
  sources,
  required,
  editable,
  problems,
  onChange,
}: {
  readonly sources: readonly Source[];
  readonly required: boolean;
  readonly editable: boolean;
  readonly problems: ReadonlyMap<string, string>;
  readonly onChange: (sources: Source[]) => void;
}) {
  const { t } = useTranslation('materials');
  const set = (index: number, change: Partial<Source>) => onChange(replaced(sources, index, change));
  const missing = problems.get('fields.sources');
  return (
    <fieldset className={styles['rows']}>
      <legend data-required={required || undefined}>{t('field.sources')}</legend>
      <p className={styles['hint']}>{t('field.sourcesHint')}</p>
      {missing !== undefined && <p className={styles['problem']}>{missing}</p>}
      {sources.map((source, index) => {
        const row = t('field.row', { number: index + 1 });
        const problem = problems.get(`sources.${index}`);
        return (
          // Rows have no name of their own, and are only added at the end and removed.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={styles['source']}>
            <Input
              aria-label={`${t('field.sourceName')} ${row}`}
              placeholder={t('field.sourceName')}
              value={source.name}
              maxLength={300}
              readOnly={!editable}
              onChange={(event) => set(index, { name: event.target.value })}
            />
            <Input
              aria-label={`${t('field.sourceUrl')} ${row}`}
              placeholder="https://"
              value={source.url}
              maxLength={2_000}
              readOnly={!editable}
              onChange={(event) => set(index, { url: event.target.value })}
            />
            <DayInput
              label={`${t('field.sourceDay')} ${row}`}
              value={source.day}
              editable={editable}
              onChange={(day) => set(index, { day })}
            />
            {editable && (
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={`${t('field.remove')} ${row}`}
                onClick={() => onChange(sources.filter((_source, each) => each !== index))}
              />
            )}
            {problem !== undefined && <p className={styles['problem']}>{problem}</p>}
          </div>
        );
      })}
      {editable && (
        <Button
          icon={<PlusOutlined />}
          onClick={() => onChange([...sources, { name: '', url: '', day: null }])}
        >
          {t('field.addSource')}
        </Button>
      )}
    </fieldset>
  );
}
