import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Stage } from './edit-template.ts';
import { useTemplateWords } from './template-words.ts';
import styles from './templates.module.css';

/** The stages in their order: chosen, moved, added, removed. */
export function StageList({
  stages,
  current,
  marked,
  full,
  onSelect,
  onAdd,
  onMove,
  onRemove,
}: {
  readonly stages: readonly Stage[];
  readonly current: string | null;
  /** Those that have a problem, by their place. */
  readonly marked: ReadonlySet<number>;
  readonly full: boolean;
  readonly onSelect: (key: string) => void;
  readonly onAdd: () => void;
  readonly onMove: (index: number, by: -1 | 1) => void;
  readonly onRemove: (index: number) => void;
}) {
  const { t } = useTranslation('templates');
  const words = useTemplateWords();
  const [told, setTold] = useState('');
  function move(index: number, by: -1 | 1, name: string) {
    const target = index + by;
    if (target < 0 || target >= stages.length) return;
    onMove(index, by);
    setTold(t('movedTo', { name, number: target + 1 }));
  }
  return (
    <section className={styles['stageList']} aria-labelledby="template-stages">
      <h2 id="template-stages">{t('stages')}</h2>
      <p className={styles['secondary']}>{t('stagesHint')}</p>
      <ol>
        {stages.map((stage, index) => {
          const name = stage.name === '' ? t('stageNumber', { number: index + 1 }) : stage.name;
          return (
            <li key={stage.key} data-current={stage.key === current || undefined}>
              <button
                type="button"
                className={styles['choose']}
                aria-current={stage.key === current ? 'step' : undefined}
                onClick={() => onSelect(stage.key)}
              >
                <span>
                  {index + 1}. {name}
                </span>
                <span className={styles['secondary']}>
                  {words.mode(stage)}
                  {stage.deadlineHours !== null && ` · ${t('hours', { count: stage.deadlineHours })}`}
                </span>
                {marked.has(index) && <span className={styles['mark']}>{t('hasProblem')}</span>}
              </button>
              <span className={styles['stageTools']}>
                {/* Not `disabled` at the ends: the focus would be lost on the way. */}
                <Button
                  type="text"
                  icon={<ArrowUpOutlined />}
                  aria-disabled={index === 0}
                  aria-label={t('moveUp', { name })}
                  title={t('moveUp', { name })}
                  onClick={() => move(index, -1, name)}
                />
                <Button
                  type="text"
                  icon={<ArrowDownOutlined />}
                  aria-disabled={index === stages.length - 1}
                  aria-label={t('moveDown', { name })}
                  title={t('moveDown', { name })}
                  onClick={() => move(index, 1, name)}
                />
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('removeStage', { name })}
                  title={t('removeStage', { name })}
                  onClick={() => onRemove(index)}
                />
              </span>
            </li>
          );
        })}
      </ol>
      <Button icon={<PlusOutlined />} disabled={full} onClick={onAdd}>
        {t('addStage')}
      </Button>
      <span className="visually-hidden" aria-live="polite">
        {told}
      </span>
    </section>
  );
}
