import { Button, Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import { messagesOf, mostExampleMessages, mostExampleText } from '../../../core/features/screening/model.ts';
import type { Example, Exemption } from '../../../core/features/screening/rules/model.ts';
import type { FieldProblems } from './entry-problems.ts';
import { FieldError, markedWrong } from './field-error.tsx';
import styles from './lexicons.module.css';
import { ListEditor } from './list-editor.tsx';

const mostListed = 100;

/** Phrases in which the entry does not count, each with a code and a reason where the law names them. */
export function ExemptionFields({
  value,
  onChange,
  problems,
}: {
  readonly value: readonly Exemption[];
  readonly onChange: (value: Exemption[]) => void;
  readonly problems: FieldProblems;
}) {
  const { t } = useTranslation('rules');
  const id = useId();
  return (
    <div className={styles['stack']}>
      <ListEditor
        items={value}
        most={mostListed}
        add={t('exemption.add')}
        newItem={(): Exemption => ({ phrase: '', code: '', reason: '' })}
        onChange={onChange}
      >
        {(exemption, index, { replace, remove }) => {
          const number = index + 1;
          const set = (change: Partial<Exemption>) => replace({ ...exemption, ...change });
          const problem = problems.get(`notWhen.${index}`);
          return (
            <div className={styles['listed']} role="group" aria-label={t('exemption.line', { number })}>
              <div className={styles['listedLine']}>
                <Input
                  aria-label={t('exemption.phrase')}
                  placeholder={t('exemption.phraseHint')}
                  maxLength={200}
                  value={exemption.phrase}
                  {...markedWrong(problem && `${id}-${index}`)}
                  onChange={(event) => set({ phrase: event.target.value })}
                />
                <Input
                  aria-label={t('exemption.code')}
                  placeholder={t('exemption.code')}
                  maxLength={100}
                  className={styles['code'] ?? ''}
                  value={exemption.code}
                  onChange={(event) => set({ code: event.target.value })}
                />
                <Button type="text" aria-label={t('exemption.remove', { number })} onClick={remove}>
                  {t('common:remove')}
                </Button>
              </div>
              <Input
                aria-label={t('exemption.reason')}
                placeholder={t('exemption.reason')}
                maxLength={1000}
                value={exemption.reason}
                onChange={(event) => set({ reason: event.target.value })}
              />
              <FieldError id={`${id}-${index}`} problem={problem} />
            </div>
          );
        }}
      </ListEditor>
    </div>
  );
}

/** Texts, or several messages of one sender, that the entry has to find, or must leave alone. */
export function ExampleFields({
  value,
  onChange,
  problems,
}: {
  readonly value: readonly Example[];
  readonly onChange: (value: Example[]) => void;
  readonly problems: FieldProblems;
}) {
  const { t } = useTranslation('rules');
  const id = useId();
  return (
    <div className={styles['stack']}>
      <ListEditor
        items={value}
        most={mostListed}
        add={t('example.add')}
        newItem={(): Example => ({ text: '', followedBy: [], expect: 'hit' })}
        onChange={onChange}
      >
        {(example, index, { replace, remove }) => {
          const number = index + 1;
          const set = (change: Partial<Example>) => replace({ ...example, ...change });
          const problem = problems.get(`examples.${index}`);
          return (
            <div className={styles['listed']} role="group" aria-label={t('example.line', { number })}>
              <div className={styles['listedLine']}>
                <ExampleMessage
                  label={t('example.text')}
                  value={example.text}
                  errorId={problem && `${id}-${index}`}
                  onChange={(text) => set({ text })}
                />
                <Select<Example['expect']>
                  aria-label={t('example.expect')}
                  value={example.expect}
                  popupMatchSelectWidth={false}
                  onChange={(expect) => set({ expect })}
                  options={(['hit', 'no-hit'] as const).map((expect) => ({
                    value: expect,
                    label: t(`example.${expect}`),
                  }))}
                />
                <Button type="text" aria-label={t('example.remove', { number })} onClick={remove}>
                  {t('common:remove')}
                </Button>
              </div>
              <ListEditor
                items={example.followedBy}
                most={mostExampleMessages - 1}
                add={t('example.addMessage')}
                newItem={() => ''}
                onChange={(followedBy) => set({ followedBy })}
              >
                {(text, place, message) => (
                  <div className={styles['listedLine']}>
                    <ExampleMessage
                      label={t('example.message', { number: place + 2 })}
                      value={text}
                      errorId={problem && text === '' ? `${id}-${index}` : undefined}
                      onChange={message.replace}
                    />
                    <Button
                      type="text"
                      aria-label={t('example.removeMessage', {
                        number: place + 2,
                        of: messagesOf(example).length,
                      })}
                      onClick={message.remove}
                    >
                      {t('common:remove')}
                    </Button>
                  </div>
                )}
              </ListEditor>
              <FieldError id={`${id}-${index}`} problem={problem} />
            </div>
          );
        }}
      </ListEditor>
    </div>
  );
}

function ExampleMessage({
  label,
  value,
  errorId,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly errorId: string | undefined;
  readonly onChange: (text: string) => void;
}) {
  return (
    <Input.TextArea
      aria-label={label}
      rows={1}
      className={styles['grow'] ?? ''}
      maxLength={mostExampleText}
      value={value}
      {...markedWrong(errorId)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
