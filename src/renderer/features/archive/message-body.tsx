import { useTranslation } from 'react-i18next';

import { useFormat } from '../../use-format.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import type { Mark } from './highlight.ts';
import { MarkedText } from './marked-text.tsx';
import {
  type Fact,
  type FactValue,
  type MessageContent,
  type NestedItem,
  type TextPart,
} from './message-content.ts';
import styles from './message.module.css';

/** Marks by the path of the field that they lie in. */
export type MarksByField = ReadonlyMap<string, readonly Mark[]>;

interface BodyProps {
  readonly kind: string;
  readonly content: MessageContent;
  readonly marks: MarksByField | undefined;
}

/** The body of a message that people exchanged; notices (revoke, consent…) are laid out by MessageItem. */
export function MessageBody({ kind, content, marks }: BodyProps) {
  const { t } = useTranslation('archive');
  if (content.shape === 'text') return <Texts texts={content.texts} marks={marks} />;
  return (
    <div className={styles['card']}>
      <div className={styles['kind']}>
        <span className={styles['kindName']}>{t(`kind.${kind}`, { defaultValue: kind })}</span>
      </div>
      <Texts texts={content.texts} marks={marks} showPaths={content.shape === 'unknown'} />
      <Facts facts={content.facts} />
      {content.items.length > 0 && (
        <ol className={styles['items']}>
          {content.items.map((item, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- items of an archived record never change places
            <Item key={index} item={item} marks={marks} />
          ))}
        </ol>
      )}
      {content.json !== null && (
        <details className={styles['raw']}>
          <summary>{t('rawData')}</summary>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls */}
          <pre tabIndex={0}>
            <OutsideText text={content.json} />
          </pre>
        </details>
      )}
      {content.texts.length === 0 &&
        content.facts.length === 0 &&
        content.items.length === 0 &&
        content.json === null && <div className={styles['quiet']}>{t('nothingToShow')}</div>}
    </div>
  );
}

function Texts({
  texts,
  marks,
  showPaths = false,
}: {
  readonly texts: readonly TextPart[];
  readonly marks: MarksByField | undefined;
  readonly showPaths?: boolean;
}) {
  const { t } = useTranslation('archive');
  return texts.map((part) => (
    <p key={part.path} className={styles[part.role]}>
      {part.label !== null && <span className={styles['label']}>{t(`fact.${part.label}`)}</span>}
      {showPaths && (
        <span className={styles['label']}>
          <OutsideText text={part.path} />
        </span>
      )}
      <MarkedText text={part.text} marks={marks?.get(part.path)} />
    </p>
  ));
}

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const { t } = useTranslation('archive');
  if (facts.length === 0) return null;
  return (
    <dl className={styles['facts']}>
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{t(`fact.${fact.label}`)}</dt>
          <dd>
            <FactText value={fact.value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FactText({ value }: { readonly value: FactValue }) {
  const format = useFormat();
  switch (value.type) {
    case 'bytes':
      return format.bytes(value.value);
    case 'seconds':
      return format.duration(value.value * 1000);
    case 'time':
      return format.dateTime(value.value);
    case 'money':
      // WeCom counts red packets in fen.
      return `¥ ${(value.value / 100).toFixed(2)}`;
    case 'number':
      return String(value.value);
    case 'pixels':
      return `${value.width} × ${value.height}`;
    case 'link':
      // Never a live link: what a customer sent may lead anywhere.
      return (
        <span className={styles['address']}>
          <OutsideText text={value.value} />
        </span>
      );
    case 'text':
      return <OutsideText text={value.value} />;
  }
}

function Item({ item, marks }: { readonly item: NestedItem; readonly marks: MarksByField | undefined }) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const kind = item.type.replace(/^ChatRecord/, '').toLowerCase();
  return (
    <li>
      <div className={styles['itemHead']}>
        {kind !== '' && <span>{t(`kind.${kind}`, { defaultValue: item.type })}</span>}
        {item.at !== null && <time>{format.dateTime(item.at)}</time>}
      </div>
      <Texts texts={item.texts} marks={marks} />
      <Facts facts={item.facts} />
    </li>
  );
}
