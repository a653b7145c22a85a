import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { promiseTitle, standingTitle } from '../../../../core/features/handovers/timeline/model.ts';
import { useCan } from '../../../api/hooks.ts';
import { OutsideText } from '../../../components/OutsideText.tsx';
import tags from '../../../components/Tags.module.css';
import { usePreferences } from '../../../preferences.ts';
import { useFormat } from '../../../use-format.ts';
import { employeeName } from '../names.ts';
import styles from './promises.module.css';
import { useDueText } from './use-due-text.ts';
import type { Promised } from './promises-tab.tsx';

const looks = {
  later: 'medium',
  overdue: 'high',
  undated: 'low',
  followed: 'info',
} as const satisfies Record<Promised['standing'], string>;

/** One promise: what was said to whom, when it is due, how it stands, and what a person decides of it. */
export function PromiseCard({
  handover,
  promise,
  mayDecide,
  mayKeep,
  pending,
  onFocus,
  onAccept,
  onDismiss,
  onSay,
}: {
  readonly handover: ProcedureOutput<'handovers.get'>;
  readonly promise: Promised;
  readonly mayDecide: boolean;
  readonly mayKeep: boolean;
  readonly pending: boolean;
  readonly onFocus: () => void;
  readonly onAccept: () => void;
  readonly onDismiss: () => void;
  readonly onSay: (decision: 'kept' | 'reset') => void;
}) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const { language } = usePreferences();
  const readsArchive = useCan()('archive:read');
  const dueText = useDueText();
  const { customer, group, decision } = promise;
  const decided = decision !== null && decision.decision !== 'reset';
  const named = (one: NonNullable<typeof customer>) => (one.name === '' ? one.id : one.name);
  return (
    <div className={styles['cardBody']} onFocus={onFocus}>
      <div className={styles['head']}>
        <strong>{promiseTitle(promise.kind, language)}</strong>
        <span className={`${tags['tag']} ${tags[looks[promise.standing]]}`}>
          {standingTitle(promise.standing, language)}
        </span>
        {promise.due !== null && <span>{dueText(promise.due)}</span>}
        <span className={styles['quiet']}>
          {customer !== null && <OutsideText text={named(customer)} />}
          {customer !== null && group !== null && ' · '}
          {group !== null && <OutsideText text={named(group)} />} · {format.dateTime(promise.at)}
        </span>
      </div>
      <p className={styles['excerpt']}>
        <OutsideText text={promise.excerpt} />
      </p>
      {promise.followedAt !== null && (
        <p className={styles['quiet']}>
          {t('promises.followedAt', { time: format.dateTime(promise.followedAt) })}
        </p>
      )}
      {decided && (
        <div className={styles['decision']}>
          <p>
            {t(`promises.decided.${decision.decision}`, {
              title: decision.title,
              taker: takerName(handover, decision.taker),
              day: decision.dueDay ?? t('promises.noDay'),
            })}
          </p>
          {decision.note !== '' && <p>{decision.note}</p>}
          <p className={styles['quiet']}>
            {decision.by.name} · {format.dateTime(decision.at)}
          </p>
        </div>
      )}
      <div className={styles['actions']}>
        {mayDecide && !decided && (
          <Button size="small" type="primary" onClick={onAccept}>
            {t('promises.accept')}
          </Button>
        )}
        {mayKeep && (!decided || decision.decision === 'accepted') && (
          <Button size="small" disabled={pending} onClick={() => onSay('kept')}>
            {t('promises.kept')}
          </Button>
        )}
        {mayDecide && !decided && (
          <Button size="small" onClick={onDismiss}>
            {t('promises.dismiss')}
          </Button>
        )}
        {mayDecide && decided && (
          <Button size="small" disabled={pending} onClick={() => onSay('reset')}>
            {t('promises.reset')}
          </Button>
        )}
        {readsArchive && (
          <Link to={`/archive/${promise.conversationId}?message=${promise.messageId}`}>
            {t('evidence.openMessage')}
          </Link>
        )}
      </div>
    </div>
  );
}

function takerName(handover: ProcedureOutput<'handovers.get'>, userid: string | null): string {
  const taker = handover.takers.find(({ employee }) => employee.userid === userid);
  return taker === undefined ? (userid ?? '') : employeeName(taker.employee);
}
