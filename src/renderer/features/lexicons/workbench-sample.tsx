import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';

import { segmentsOf } from '../archive/highlight.ts';
import { FieldError } from './field-error.tsx';
import { ClockInput } from './scope-fields.tsx';
import { type TriedHit, hitAt, marksIn } from './tried-hits.ts';
import { type Sample, type SampleContext, type SampleMessage, mostMessages } from './use-sample.ts';
import styles from './workbench.module.css';

/** What the host takes of one message, in UTF-16 units. */
const longestMessage = 100_000;
/** The browser cuts a pasted text between whole characters, so that a few units may stay free. */
const widestCharacter = 32;

/** The text that is tried, with its hits set off while it is typed; more messages of the same sender to try a split. */
export function WorkbenchSample({
  sample,
  hits,
  current,
  onPick,
}: {
  readonly sample: Sample;
  readonly hits: readonly TriedHit[];
  readonly current: TriedHit | null;
  readonly onPick: (hit: TriedHit) => void;
}) {
  const { t } = useTranslation('workbench');
  const { messages, context, setContext } = sample;
  const full = messages.some(({ text }) => text.length > longestMessage - widestCharacter);
  const set = (change: Partial<SampleContext>) => setContext({ ...context, ...change });
  return (
    <>
      <div className={styles['bar']}>
        <Select<SampleContext['speaker']>
          aria-label={t('rules:scope.speaker')}
          value={context.speaker}
          onChange={(speaker) => set({ speaker })}
          popupMatchSelectWidth={false}
          options={(['employee', 'customer'] as const).map((value) => ({
            value,
            label: t(`rules:speaker.${value}`),
          }))}
        />
        <Select<SampleContext['channel']>
          aria-label={t('rules:scope.channel')}
          value={context.channel}
          onChange={(channel) => set({ channel })}
          popupMatchSelectWidth={false}
          options={(['single', 'group'] as const).map((value) => ({
            value,
            label: t(`rules:channel.${value}`),
          }))}
        />
        <ClockInput
          label={t('sample.time')}
          placeholder={t('sample.now')}
          value={context.time}
          onChange={(time) => set({ time })}
        />
        <FieldError
          id="sample-time"
          problem={sample.timeIsWrong ? { from: 'form', key: 'hours' } : undefined}
        />
        {/* Not at the field: its end and its beginning are both out of sight in so long a text. */}
        <span className={styles['quiet']} role="status">
          {full && t('sample.tooLong')}
        </span>
      </div>
      <div className={styles['messages']}>
        {messages.map((message, index) => (
          <MessageField
            key={message.id}
            message={message}
            index={index}
            alone={messages.length === 1}
            sample={sample}
            hits={hits}
            current={current}
            onPick={onPick}
          />
        ))}
        {messages.length < mostMessages && (
          <Button size="small" className={styles['addMessage'] ?? ''} onClick={sample.add}>
            {t('sample.add')}
          </Button>
        )}
      </div>
    </>
  );
}

function MessageField({
  message,
  index,
  alone,
  sample,
  hits,
  current,
  onPick,
}: {
  readonly message: SampleMessage;
  readonly index: number;
  readonly alone: boolean;
  readonly sample: Sample;
  readonly hits: readonly TriedHit[];
  readonly current: TriedHit | null;
  readonly onPick: (hit: TriedHit) => void;
}) {
  const { t } = useTranslation('workbench');
  const { id, text } = message;
  const number = index + 1;
  return (
    <div className={styles['message']}>
      <div className={styles['field']} data-alone={alone || undefined}>
        {/* The same text behind the field, for its marks: it also gives the field its height. */}
        <div className={styles['mirror']} aria-hidden="true">
          {segmentsOf(text, marksIn(text, index, hits, current)).map((segment) =>
            segment.strength === null ? (
              <span key={segment.start}>{segment.text}</span>
            ) : (
              <mark key={segment.start} data-strength={segment.strength}>
                {segment.text}
              </mark>
            ),
          )}
          {/* A last line break shows only with something after it. */}
          {'\u200B'}
        </div>
        <textarea
          aria-label={alone ? t('sample.text') : t('sample.message', { number })}
          placeholder={index === 0 ? t('sample.placeholder') : t('sample.next')}
          value={text}
          maxLength={longestMessage}
          spellCheck={false}
          onChange={(event) => sample.setText(id, event.target.value)}
          onCompositionStart={() => sample.compose(true)}
          onCompositionEnd={() => sample.compose(false)}
          onClick={(event) => {
            const { selectionStart, selectionEnd } = event.currentTarget;
            const hit = selectionStart === selectionEnd ? hitAt(hits, index, selectionStart) : null;
            if (hit !== null) onPick(hit);
          }}
        />
      </div>
      {!alone && (
        <Button
          size="small"
          type="text"
          aria-label={t('sample.remove', { number })}
          onClick={() => sample.remove(id)}
        >
          {t('common:remove')}
        </Button>
      )}
    </div>
  );
}
