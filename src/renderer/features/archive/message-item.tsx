import { Button } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useFormat } from '../../use-format.ts';
import { type MarksByField, MessageBody } from './message-body.tsx';
import { contentOf, isKnownKind } from './message-content.ts';
import styles from './message.module.css';
import { personName } from './people.ts';

export type Message = ProcedureOutput<'archive.message'>;

export interface MessageItemProps {
  readonly message: Message;
  readonly marks?: MarksByField | undefined;
  /** The one that the reader came for. */
  readonly current?: boolean;
  /** Asks for the message's personal data; null where the user may not. */
  readonly onReveal: ((message: Message) => void) | null;
  readonly onJump: ((id: Message['id']) => void) | null;
}

/** One message of a conversation: employees on the right, everyone else on the left. */
export const MessageItem = memo(function MessageItem(props: MessageItemProps) {
  const { message, marks, current = false, onReveal, onJump } = props;
  const { t } = useTranslation('archive');
  const format = useFormat();
  const content = contentOf(message);
  const sender = message.sender ? personName(message.sender) : t('unknownSender');
  const side = message.sender?.kind === 'employee' ? 'employee' : 'other';
  if (content.shape === 'notice') {
    return (
      <article className={styles['notice']} data-message={message.id} data-current={current || undefined}>
        <Notice message={message} sender={sender} onJump={onJump} />
        <time>{format.dateTime(message.sentAt)}</time>
      </article>
    );
  }
  return (
    <article
      className={styles['message']}
      data-side={side}
      data-message={message.id}
      data-current={current || undefined}
      data-revoked={message.revokedAt === null ? undefined : true}
    >
      <header>
        <span className={styles['sender']}>
          <OutsideText text={sender} />
        </span>
        {message.sender && <span>{t(`person.${message.sender.kind}`)}</span>}
        <time title={t('sourceLine', { file: message.source.fileName, line: message.source.line })}>
          {format.dateTime(message.sentAt)}
        </time>
      </header>
      <div className={styles['bubble']}>
        <MessageBody kind={message.kind} content={content} marks={marks} />
      </div>
      {(message.revokedAt !== null || (message.masked && onReveal)) && (
        <footer>
          {message.revokedAt !== null && (
            <span className={styles['revoked']}>
              {t('revokedAt', { time: format.dateTime(message.revokedAt) })}
            </span>
          )}
          {message.masked && onReveal && (
            <Button size="small" type="link" onClick={() => onReveal(message)}>
              {t('reveal.show')}
            </Button>
          )}
        </footer>
      )}
    </article>
  );
});

function Notice({
  message,
  sender,
  onJump,
}: {
  readonly message: Message;
  readonly sender: string;
  readonly onJump: MessageItemProps['onJump'];
}) {
  const { t } = useTranslation('archive');
  const { revokes } = message;
  const text = isKnownKind(message.kind) ? t(`notice.${message.kind}`, { sender }) : message.kind;
  return (
    <span>
      {text}
      {message.kind === 'revoke' &&
        (revokes === null ? (
          <> · {t('revokedMissing')}</>
        ) : (
          onJump && (
            <Button size="small" type="link" onClick={() => onJump(revokes)}>
              {t('showRevoked')}
            </Button>
          )
        ))}
    </span>
  );
}
