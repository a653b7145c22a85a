import { useRef, useState } from 'react';

import type { ProcedureInput } from '../../../core/contract/index.ts';
import { mostExampleMessages } from '../../../core/features/screening/model.ts';
import { useSettled } from '../../components/use-settled.ts';

type TryInput = ProcedureInput<'lexicons.tryText'>;

export interface SampleMessage {
  readonly id: number;
  readonly text: string;
}

/** Who says the sample, and where. */
export interface SampleContext {
  readonly speaker: 'employee' | 'customer';
  readonly channel: 'single' | 'group';
  /** `HH:MM`, or empty for now. */
  readonly time: string;
}

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
/** As many as an example may have. */
export const mostMessages = mostExampleMessages;

/** The sample text of the workbench, and what of it is asked of the host: settled, and no input method's half-typed letters. */
export function useSample() {
  const nextId = useRef(1);
  const [messages, setMessages] = useState<readonly SampleMessage[]>([{ id: 0, text: '' }]);
  const [context, setContext] = useState<SampleContext>({ speaker: 'employee', channel: 'single', time: '' });
  const [composing, setComposing] = useState(false);
  // While an input method composes, what was written before stands.
  const [written, setWritten] = useState(messages);
  const current = composing ? written : messages;
  const asked = useSettled(current);
  const change = (next: readonly SampleMessage[]) => {
    setMessages(next);
    if (!composing) setWritten(next);
  };
  const input: Omit<TryInput, 'versionId'> = {
    texts: asked.map(({ text }) => text),
    speaker: context.speaker,
    channel: context.channel,
    time: clock.test(context.time) ? context.time : null,
  };
  return {
    messages,
    context,
    setContext,
    input,
    /** True while nobody has asked about the text that is shown. */
    behind: asked !== messages,
    timeIsWrong: context.time !== '' && !clock.test(context.time),
    setText: (id: number, text: string) =>
      change(messages.map((message) => (message.id === id ? { id, text } : message))),
    replaceAll: (texts: readonly string[]) => change(texts.map((text) => ({ id: nextId.current++, text }))),
    add: () => change([...messages, { id: nextId.current++, text: '' }]),
    remove: (id: number) => change(messages.filter((message) => message.id !== id)),
    compose: (on: boolean) => {
      setWritten(messages);
      setComposing(on);
    },
  };
}

export type Sample = ReturnType<typeof useSample>;
