import { Button, Dropdown, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';

import type { MaterialId } from '../../../core/contract/ids.ts';
import type { MaterialContent, Variant } from '../../../core/features/reviews/material/contract.ts';
import { channels, maxVariants } from '../../../core/features/reviews/material/model.ts';
import { useProcedure } from '../../api/hooks.ts';
import { useSettled } from '../../components/use-settled.ts';
import { useFormat } from '../../use-format.ts';
import type { EditedText } from './draft-editor.tsx';
import styles from './material.module.css';

/** The master text and its variants for channels: which is edited, and how far each has gone from the master. */
export function VariantsBar({
  materialId,
  content,
  edited,
  editable,
  onEdit,
  onChange,
}: {
  readonly materialId: MaterialId;
  readonly content: MaterialContent;
  readonly edited: EditedText;
  readonly editable: boolean;
  readonly onEdit: (edited: EditedText) => void;
  readonly onChange: (variants: Variant[]) => void;
}) {
  const { t } = useTranslation('materials');
  const format = useFormat();
  const settled = useSettled(content);
  const { variants } = content;
  const drift = useProcedure(
    'materials.drift',
    { id: materialId, content: settled },
    { enabled: variants.length > 0, keepPrevious: true },
  );
  const taken = new Set(variants.map(({ channel }) => channel));
  const free = channels.filter((channel) => !taken.has(channel));
  const current =
    edited === 'master' ? null : (drift.data?.drifts.find(({ index }) => index === edited) ?? null);

  return (
    <div className={styles['variants']}>
      <div role="group" aria-label={t('variants.label')} className={styles['variantTabs']}>
        <Button
          size="small"
          type={edited === 'master' ? 'primary' : 'default'}
          aria-pressed={edited === 'master'}
          onClick={() => onEdit('master')}
        >
          {t('variants.master')}
        </Button>
        {variants.map((variant, index) => {
          const own = drift.data?.drifts.find((each) => each.index === index);
          return (
            <Button
              key={variant.channel}
              size="small"
              type={edited === index ? 'primary' : 'default'}
              aria-pressed={edited === index}
              onClick={() => onEdit(index)}
            >
              {t(`channel.${variant.channel}`)}
              {own !== undefined && ` ${format.percent(own.kept)}`}
            </Button>
          );
        })}
        {editable && free.length > 0 && variants.length < maxVariants && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: free.map((channel) => ({ key: channel, label: t(`channel.${channel}`) })),
              onClick: ({ key }) => {
                const channel = free.find((each) => each === key);
                if (channel === undefined) return;
                onChange([...variants, { channel, title: content.title, body: content.body }]);
                onEdit(variants.length);
              },
            }}
          >
            <Button size="small" type="dashed">
              {t('variants.add')}
            </Button>
          </Dropdown>
        )}
      </div>
      {current !== null && (
        <p className={styles['quiet']}>
          {t('variants.drift', {
            kept: format.percent(current.kept),
            missing: current.missing.reduce((sum, { start, end }) => sum + end - start, 0),
            added: current.added.reduce((sum, { start, end }) => sum + end - start, 0),
          })}{' '}
          {editable && (
            <Popconfirm
              title={t('variants.removeQuestion')}
              onConfirm={() => {
                onChange(variants.filter((_variant, index) => index !== edited));
                onEdit('master');
              }}
            >
              <Button size="small" type="link" danger>
                {t('variants.remove')}
              </Button>
            </Popconfirm>
          )}
        </p>
      )}
    </div>
  );
}
