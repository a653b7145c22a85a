import { App, Button, Input, type InputRef } from 'antd';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import type { ReasonCode } from '../../../core/features/supervision/model.ts';
import { useCan } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { ErrorText } from '../../components/ErrorText.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Loading } from '../../components/Loading.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { useFormat } from '../../use-format.ts';
import { useReveal } from '../archive/reveal-dialog.tsx';
import type { Verdict } from './decision-log.ts';
import { type HitQuery, searchFromQuery } from './hit-filter.ts';
import type { HitRow } from './hit-rows.ts';
import { usePaintTime } from './paint-time.ts';
import { ReasonPicker } from './reason-picker.tsx';
import { Sides } from './sides.tsx';
import { TriageContext } from './triage-context.tsx';
import { TriageExplanation } from './triage-explanation.tsx';
import { QueueList } from './triage-queue-list.tsx';
import { type TriageQueue, openCount } from './triage-queue.ts';
import styles from './triage.module.css';
import { useTriage, useTriageQueue } from './use-triage.ts';

interface TriageProps {
  readonly query: HitQuery;
  /** The hit to begin with; the first undecided one without. */
  readonly startId: number | null;
}

/** Walks through the hits of a query with the keyboard. */
export function Triage({ query, startId }: TriageProps) {
  const { t } = useTranslation('hits');
  const queue = useTriageQueue(query);
  if (queue.isError) return <ErrorState error={queue.error} onRetry={() => void queue.refetch()} />;
  if (!queue.data) return <Loading />;
  if (queue.data.ids.length === 0) {
    return (
      <EmptyState
        title={t('triage.empty')}
        description={t('triage.emptyHint')}
        action={<Link to="/hits">{t('triage.back')}</Link>}
      />
    );
  }
  return (
    <TriageWalk key={searchFromQuery(query).toString()} queue={queue.data} query={query} startId={startId} />
  );
}

const verdicts = [
  { verdict: 'confirmed', keys: ['1', 'c'] },
  { verdict: 'dismissed', keys: ['2', 'x'] },
  { verdict: 'escalated', keys: ['3', 'e'] },
] as const;

function TriageWalk({
  queue,
  query,
  startId,
}: {
  readonly queue: TriageQueue<HitRow['id']>;
  readonly query: HitQuery;
  readonly startId: number | null;
}) {
  const { t } = useTranslation('hits');
  const format = useFormat();
  const navigate = useNavigate();
  const { message, notification } = App.useApp();
  const mayDecide = useCan()('hits:decide');
  const { revealed, ask, dialog } = useReveal();
  const [announcement, setAnnouncement] = useState('');
  const [reason, setReason] = useState<ReasonCode | null>(null);
  const [picking, setPicking] = useState(false);
  const [note, setNote] = useState('');
  const noteField = useRef<InputRef>(null);
  const root = useRef<HTMLDivElement>(null);

  const startIndex = () => {
    const named = queue.ids.findIndex((id) => id === startId);
    if (named >= 0) return named;
    const open = queue.ids.findIndex((id) => queue.openAtStart.has(id));
    return Math.max(0, open);
  };
  const [start] = useState(startIndex);
  const triage = useTriage(queue, start, {
    failed(decision, error, step) {
      const at = queue.ids.findIndex((id) => id === decision.hitIds[0]);
      const key = `failed-${decision.hitIds[0]}`;
      setAnnouncement(t('triage.announce.failed'));
      notification.error({
        key,
        title: t(step === 'decide' ? 'triage.failedDecide' : 'triage.failedUndo'),
        description: errorText(error),
        duration: 0,
        role: 'alert',
        actions: goToFailed(t('triage.goToIt'), () => {
          triage.go(at);
          notification.destroy(key);
        }),
      });
    },
  });
  const { id, index, detail } = triage;
  const left = openCount(queue, triage.changes);
  const cut = queue.total > queue.ids.length;
  const state = id === undefined ? 'open' : triage.stateOf(id);
  usePaintTime(`${index} ${state} ${detail?.hit.id ?? ''}`);

  const forget = () => {
    setReason(null);
    setNote('');
  };
  const go = (to: number) => {
    triage.go(to);
    forget();
  };
  const decide = (verdict: Verdict) => {
    if (!mayDecide || id === undefined) return;
    const next = triage.decide(verdict, { reasonCode: reason, note: note.trim() });
    forget();
    const count = Math.max(0, state === 'open' ? left - 1 : left);
    setAnnouncement(
      t(next === null ? 'triage.announce.last' : 'triage.announce.decided', {
        decision: t(`decision.${verdict}`),
        count,
        number: format.number(count),
      }),
    );
  };
  const undo = () => {
    if (!mayDecide) return;
    const undone = triage.undo();
    if (undone?.listed === false) {
      // Its hit stands in another list: nothing here moves, so that it must be said.
      void message.success(t('table.undone', { count: undone.decision.hitIds.length }));
    }
    forget();
    setAnnouncement(
      undone === null
        ? t('triage.announce.nothingToUndo')
        : t('triage.announce.undone', { decision: t(`decision.${undone.decision.verdict}`) }),
    );
  };
  const openConversation = (messageId = detail?.hit.messageId) => {
    const conversation = detail?.hit.conversationId;
    if (conversation === undefined || conversation === null || messageId === undefined) return;
    void navigate(`/archive/${conversation}?message=${messageId}`);
  };
  const leave = () => void navigate(`/hits?${searchFromQuery(query).toString()}`);

  useShortcuts([
    { keys: 'j', label: t('triage.key.next'), run: () => go(index + 1) },
    { keys: 'ArrowDown', label: t('triage.key.next'), run: () => go(index + 1) },
    { keys: 'k', label: t('triage.key.previous'), run: () => go(index - 1) },
    { keys: 'ArrowUp', label: t('triage.key.previous'), run: () => go(index - 1) },
    ...verdicts.flatMap(({ verdict, keys }) =>
      keys.map((key) => ({
        keys: key,
        label: t(`triage.key.${verdict}`),
        run: () => decide(verdict),
        disabled: !mayDecide,
      })),
    ),
    { keys: 'r', label: t('triage.key.reason'), run: () => setPicking(true), disabled: !mayDecide },
    { keys: 'n', label: t('triage.key.note'), run: () => noteField.current?.focus(), disabled: !mayDecide },
    { keys: 'u', label: t('triage.key.undo'), run: undo, disabled: !mayDecide },
    { keys: 'o', label: t('triage.key.open'), run: () => openConversation() },
    { keys: 'Space', label: t('triage.key.open'), run: () => openConversation() },
    { keys: 'Escape', label: t('triage.key.back'), run: leave },
  ]);
  useKeepAddress(query, id);
  useEffect(() => root.current?.focus({ preventScroll: true }), []);

  return (
    <div ref={root} className={styles['triage']} tabIndex={-1} data-hit-id={id}>
      <section className={styles['queue']} aria-label={t('triage.queue')}>
        <div className={styles['head']}>
          <strong>
            {cut
              ? t('triage.leftCut', {
                  number: format.number(left),
                  total: format.number(queue.total),
                })
              : t('triage.left', { count: left, number: format.number(left) })}
          </strong>
          <span className={styles['quiet']}>
            {t('triage.position', {
              index: format.number(index + 1),
              total: `${format.number(queue.ids.length)}${cut ? '+' : ''}`,
            })}
          </span>
        </div>
        <QueueList ids={queue.ids} rows={triage.rows} changes={triage.changes} index={index} onGo={go} />
      </section>
      <section className={styles['centre']} aria-label={t('triage.context')}>
        <div className={styles['head']}>
          <strong className={styles['who']}>{detail ? <Sides message={detail.message} /> : ' '}</strong>
          <Button size="small" type="text" disabled={!detail} onClick={() => openConversation()}>
            {t('triage.openConversation')} <KeyHint keys="o" />
          </Button>
        </div>
        {detail ? (
          <TriageContext detail={detail} revealed={revealed} onReveal={ask} onJump={openConversation} />
        ) : (
          // As high as the conversation will be: the buttons below don't move under the hand.
          <div className={styles['context']}>
            {triage.error === undefined ? (
              <Loading />
            ) : (
              <ErrorState error={triage.error} onRetry={triage.retry} />
            )}
          </div>
        )}
        {mayDecide ? (
          <div className={styles['actions']} role="group" aria-label={t('triage.actions')}>
            <div className={styles['actionGroup']}>
              {verdicts.map(({ verdict, keys }) => (
                <Button
                  key={verdict}
                  {...(verdict === 'confirmed' ? { type: 'primary' as const } : {})}
                  onClick={() => decide(verdict)}
                  aria-keyshortcuts={keys.join(' ')}
                >
                  {t(`triage.action.${verdict}`)} <KeyHint keys={keys[0]} />
                </Button>
              ))}
            </div>
            <div className={styles['actionGroup']} data-grow="">
              <Button onClick={() => setPicking(true)} aria-keyshortcuts="r">
                {reason === null ? t('triage.action.reason') : t(`reason.${reason}`)} <KeyHint keys="r" />
              </Button>
              <Input
                ref={noteField}
                className={styles['noteField']}
                aria-label={t('triage.action.note')}
                placeholder={t('triage.action.note')}
                suffix={<KeyHint keys="n" />}
                maxLength={4000}
                value={note}
                onChange={(event) => setNote(event.target.value)}
                onKeyDown={(event) => {
                  // Enter may take an input method's words, and Escape drop them: the note goes on.
                  if (event.nativeEvent.isComposing) return;
                  if (event.key !== 'Escape' && event.key !== 'Enter') return;
                  event.stopPropagation();
                  root.current?.focus({ preventScroll: true });
                }}
              />
              <Button disabled={!triage.canUndo} onClick={undo} aria-keyshortcuts="u">
                {t('triage.action.undo')} <KeyHint keys="u" />
              </Button>
            </div>
          </div>
        ) : (
          <p className={styles['actions']}>{t('triage.readOnly')}</p>
        )}
      </section>
      <aside className={styles['side']} aria-label={t('triage.why')}>
        {detail && <TriageExplanation detail={detail} state={state} />}
        {left === 0 && (
          <div className={styles['finished']}>
            <p>{t('triage.finished')}</p>
            <Button type="primary" onClick={leave}>
              {t('triage.back')}
            </Button>
          </div>
        )}
      </aside>
      <output className="visually-hidden" aria-live="polite">
        {announcement}
      </output>
      {picking && (
        <ReasonPicker
          value={reason}
          onClose={() => setPicking(false)}
          onPick={(picked) => {
            setReason(picked);
            setPicking(false);
          }}
        />
      )}
      {dialog}
    </div>
  );
}

function goToFailed(label: string, go: () => void) {
  return (
    <Button size="small" onClick={go}>
      {label}
    </Button>
  );
}

function errorText(error: unknown) {
  return <ErrorText error={error} />;
}

/** Time without a key before the address follows: routing on every key would cost each of them a render of the shell. */
const settle = 600;

/** Lets the address name the current hit, so that going back and reloading come back to it. */
function useKeepAddress(query: HitQuery, id: number | undefined): void {
  const navigate = useNavigate();
  const keep = useEffectEvent(() => {
    if (id === undefined) return;
    const search = searchFromQuery(query);
    search.set('hit', String(id));
    void navigate(`/hits/triage?${search.toString()}`, { replace: true });
  });
  useEffect(() => {
    const timer = window.setTimeout(() => keep(), settle);
    return () => window.clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each new hit starts the wait anew
  }, [id]);
}
