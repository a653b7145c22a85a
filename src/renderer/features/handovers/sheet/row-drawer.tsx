import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { HandoverId } from '../../../../core/contract/ids.ts';
import type { HandoverClass } from '../../../../core/features/handovers/model.ts';
import { whySentence } from '../../../../core/features/handovers/sheet/model.ts';
import { useCan } from '../../../api/hooks.ts';
import { SideDialog } from '../../../components/Dialog.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { OutsideText } from '../../../components/OutsideText.tsx';
import tags from '../../../components/Tags.module.css';
import { usePreferences } from '../../../preferences.ts';
import { useFormat } from '../../../use-format.ts';
import { SourceList } from '../evidence/source-list.tsx';
import { nameOf } from '../names.ts';
import { recordOf } from '../paths.ts';
import { useWords } from '../use-words.ts';
import { OutcomeTag } from './outcome-tag.tsx';
import styles from './sheet.module.css';
import type { SheetRow } from './use-rows.ts';

/** One row: where it went, why, what it rests on, and what people wrote of it. */
export function RowDrawer({
  class: itemClass,
  row,
  names,
  handoverId,
  position,
  total,
  onStep,
  onClose,
  onExplain,
  onAssign,
}: {
  readonly class: HandoverClass;
  /** Undefined while it is on its way. */
  readonly row: SheetRow | undefined;
  readonly names: Readonly<Record<string, string>>;
  readonly handoverId: HandoverId;
  readonly position: number;
  readonly total: number;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
  readonly onExplain?: () => void;
  readonly onAssign?: () => void;
}) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const { language } = usePreferences();
  const format = useFormat();
  const may = useCan();
  const record = row === undefined ? null : recordOf(itemClass, row.id);
  const title = row === undefined ? words.class[itemClass] : row.name === '' ? row.id : row.name;
  return (
    <SideDialog
      title={<OutsideText text={title} />}
      size={520}
      onClose={onClose}
      extra={
        <span className={styles['marks']}>
          <span className={styles['quiet']}>
            {t('row.position', { number: format.number(position + 1), total: format.number(total) })}
          </span>
          <Button
            size="small"
            icon={<LeftOutlined />}
            aria-label={t('rows.key.previous')}
            disabled={position === 0}
            onClick={() => onStep(-1)}
          />
          <Button
            size="small"
            icon={<RightOutlined />}
            aria-label={t('rows.key.next')}
            disabled={position >= total - 1}
            onClick={() => onStep(1)}
          />
        </span>
      }
      footer={
        (onExplain !== undefined || onAssign !== undefined) && (
          <div className={styles['foot']}>
            {onExplain !== undefined && (
              <Button type="primary" onClick={onExplain}>
                {t('rows.explain')}
              </Button>
            )}
            {onAssign !== undefined && <Button onClick={onAssign}>{t('rows.assign')}</Button>}
          </div>
        )
      }
    >
      {row === undefined ? (
        <Loading />
      ) : (
        <div className={styles['drawer']}>
          <dl className={styles['facts']}>
            <dt>{t('rows.outcome')}</dt>
            <dd>
              <OutcomeTag outcome={row.outcome} />{' '}
              {row.conflict && (
                <span className={`${tags['tag']} ${tags['critical']}`}>{words.mark.conflict}</span>
              )}{' '}
              {row.late && <span className={`${tags['tag']} ${tags['high']}`}>{words.mark.late}</span>}
            </dd>
            <dt>{t('rows.why')}</dt>
            <dd>{whySentence(row, (userid) => nameOf(names, userid), language)}</dd>
            <dt>{t('rows.id')}</dt>
            <dd>
              <OutsideText text={row.id} />{' '}
              {record !== null && may(record.permission) && <Link to={record.path}>{t('row.open')}</Link>}
            </dd>
            {row.taker !== null && (
              <>
                <dt>{words.role.taker}</dt>
                <dd>
                  {nameOf(names, row.taker)} <span className={styles['quiet']}>{row.taker}</span>
                </dd>
              </>
            )}
            {row.at !== null && (
              <>
                <dt>{t('rows.at')}</dt>
                <dd>{isWholeDay(row) ? format.date(row.at) : format.dateTime(row.at)}</dd>
              </>
            )}
          </dl>
          {row.conflict && <p>{t('row.conflictHint')}</p>}
          <section aria-label={t('row.explanation')}>
            <h3>{t('row.explanation')}</h3>
            {row.explanation === null ? (
              <p className={styles['quiet']}>
                {t(row.outcome === 'unexplained' ? 'row.explanationNeeded' : 'row.noExplanation')}
              </p>
            ) : (
              <>
                <p className={styles['written']}>{row.explanation.text}</p>
                <p className={styles['quiet']}>
                  {row.explanation.by} · {format.dateTime(row.explanation.at)}
                </p>
              </>
            )}
          </section>
          <section aria-label={t('row.sources')}>
            <h3>{t('row.sources')}</h3>
            <SourceList handoverId={handoverId} sources={row.sources} names={names} />
          </section>
        </div>
      )}
    </SideDialog>
  );
}

/** Whether only the day is known of when the row got its outcome. */
function isWholeDay({ at, sources }: SheetRow): boolean {
  return sources.some((source) => source.type === 'fact' && source.wholeDay && source.at === at);
}
