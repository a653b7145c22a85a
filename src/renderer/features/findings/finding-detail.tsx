import { Button, Input, type InputRef } from 'antd';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ReasonCode } from '../../../core/features/supervision/model.ts';
import { useProcedure } from '../../api/hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Loading } from '../../components/Loading.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useFormat } from '../../use-format.ts';
import { MessageItem } from '../archive/message-item.tsx';
import { useReveal } from '../archive/reveal-dialog.tsx';
import { ComparedTexts } from '../publication/compared-texts.tsx';
import { MatchLine } from '../publication/match-line.tsx';
import styles from './findings.module.css';
import type { FindingId, Verdict } from './use-findings.ts';

export const verdicts = [
  { verdict: 'confirmed', keys: '1' },
  { verdict: 'dismissed', keys: '2' },
  { verdict: 'escalated', keys: '3' },
] as const satisfies readonly { readonly verdict: Verdict; readonly keys: string }[];

/** One finding: what it is held against, how it differs, its conversation, and what was said of it. */
export function FindingDetail({ id, onOpen }: { readonly id: FindingId; readonly onOpen: () => void }) {
  const { t } = useTranslation('findings');
  const format = useFormat();
  const detail = useProcedure('findings.get', { id, context: 3 });
  const evidence = useProcedure('publication.compareFinding', { id });
  const { revealed, ask, dialog } = useReveal();
  if (detail.isError) return <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />;
  if (!detail.data) return <Loading />;
  const { finding, context, history } = detail.data;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <div className={styles['body']} role="region" aria-label={t('detail')} tabIndex={0} data-finding-id={id}>
      <div className={styles['heading']}>
        <h2>{t(`kind.${finding.kind}`)}</h2>
        <StateTag state={finding.state} />
        <span>{t(`sentence.${finding.kind}`)}</span>
      </div>
      {evidence.isError && <ErrorState error={evidence.error} onRetry={() => void evidence.refetch()} />}
      {evidence.data?.match && <MatchLine match={evidence.data.match} />}
      {evidence.data?.compared && (
        <ComparedTexts key={id} compared={evidence.data.compared} title={t('compare')} />
      )}
      <div className={styles['heading']}>
        <h3>{t('conversation')}</h3>
        <Button size="small" type="text" onClick={onOpen}>
          {t('open')} <KeyHint keys="o" />
        </Button>
        <Link to={`/publication?message=${finding.messageId}`}>{t('checkMessage')}</Link>
      </div>
      <div className={styles['messages']}>
        {context.map((message) => (
          <MessageItem
            key={message.id}
            message={revealed.get(message.id) ?? message}
            current={message.id === finding.messageId}
            onReveal={ask}
            onJump={null}
          />
        ))}
      </div>
      <h3>{t('history')}</h3>
      {history.length === 0 ? (
        <p className={styles['quiet']}>{t('noHistory')}</p>
      ) : (
        <ol className={styles['history']}>
          {history.map((entry) => (
            <li key={entry.id}>
              <strong>{t(`decision.${entry.decision}`)}</strong>{' '}
              {entry.reasonCode !== null && t(`hits:reason.${entry.reasonCode}`)}{' '}
              <span className={styles['quiet']}>
                {t('by', { name: entry.by, time: format.dateTime(entry.at) })}
              </span>
              {entry.note !== '' && (
                <div>
                  <OutsideText text={entry.note} />
                </div>
              )}
            </li>
          ))}
        </ol>
      )}
      {dialog}
    </div>
  );
}

export interface DecisionBarProps {
  readonly may: boolean;
  readonly busy: boolean;
  readonly canUndo: boolean;
  readonly reason: ReasonCode | null;
  readonly note: string;
  readonly noteField: RefObject<InputRef | null>;
  readonly onNote: (note: string) => void;
  readonly onReason: () => void;
  readonly onDecide: (verdict: Verdict) => void;
  readonly onUndo: () => void;
  /** Enter or Escape in the note: back to the list. */
  readonly onLeaveNote: () => void;
}

/** The decisions with their keys, a reason and a note. */
export function DecisionBar({ noteField, note, reason, may, busy, canUndo, ...on }: DecisionBarProps) {
  const { t } = useTranslation('findings');
  if (!may) return <p className={styles['actions']}>{t('readOnly')}</p>;
  return (
    <div className={styles['actions']} role="group" aria-label={t('hits:triage.actions')}>
      {verdicts.map(({ verdict, keys }) => (
        <Button
          key={verdict}
          {...(verdict === 'confirmed' ? { type: 'primary' as const } : {})}
          disabled={busy}
          aria-keyshortcuts={keys}
          onClick={() => on.onDecide(verdict)}
        >
          {t(`key.${verdict}`)} <KeyHint keys={keys} />
        </Button>
      ))}
      <Button onClick={on.onReason} aria-keyshortcuts="r">
        {reason === null ? t('hits:triage.action.reason') : t(`hits:reason.${reason}`)} <KeyHint keys="r" />
      </Button>
      <Input
        ref={noteField}
        className={styles['note'] ?? ''}
        aria-label={t('hits:triage.action.note')}
        placeholder={t('hits:triage.action.note')}
        suffix={<KeyHint keys="n" />}
        maxLength={4000}
        value={note}
        onChange={(event) => on.onNote(event.target.value)}
        onKeyDown={(event) => {
          // Enter may take an input method's words, and Escape drop them: the note goes on.
          if (event.nativeEvent.isComposing || (event.key !== 'Escape' && event.key !== 'Enter')) return;
          event.stopPropagation();
          on.onLeaveNote();
        }}
      />
      <Button disabled={!canUndo || busy} onClick={on.onUndo} aria-keyshortcuts="u">
        {t('hits:triage.action.undo')} <KeyHint keys="u" />
      </Button>
    </div>
  );
}
