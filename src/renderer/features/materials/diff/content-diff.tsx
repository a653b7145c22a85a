import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { ContentDiff, FieldChange } from '../../../../core/features/reviews/diff/contract.ts';
import { isUnchanged } from '../../../../core/features/reviews/diff/model.ts';
import type {
  Attachment,
  Fact,
  MaterialContent,
  Source,
} from '../../../../core/features/reviews/material/contract.ts';
import { textOfBody } from '../../../../core/features/reviews/material/model.ts';
import { useShortcuts } from '../../../components/shortcuts.ts';
import { useFormat } from '../../../use-format.ts';
import styles from './diff.module.css';
import { type DiffMode, TextDiffView } from './text-diff.tsx';

export interface ContentDiffProps {
  readonly diff: ContentDiff;
  readonly old: MaterialContent;
  readonly current: MaterialContent;
  readonly oldName: string;
  readonly currentName: string;
  readonly mode: DiffMode;
  readonly onMode: (mode: DiffMode) => void;
  /** A product's name in the register, by its id. */
  readonly productName: (id: string) => string;
}

/** Everything in which two versions differ; `n` and `p` walk through the changes. */
export function ContentDiffView(props: ContentDiffProps) {
  const { t } = useTranslation('diff');
  const { diff, old, current, mode } = props;
  const box = useRef<HTMLDivElement>(null);

  function walk(step: 1 | -1) {
    const changes = [...(box.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])];
    const at = changes.findIndex((change) => change === document.activeElement);
    const next = changes[at === -1 ? (step === 1 ? 0 : changes.length - 1) : at + step];
    next?.focus();
    next?.scrollIntoView({ block: 'center' });
  }
  useShortcuts([
    { keys: 'n', label: t('next'), run: () => walk(1) },
    { keys: 'p', label: t('previous'), run: () => walk(-1) },
  ]);

  return (
    <div className={styles['diff']}>
      <div className={styles['head']}>
        <p>
          <del>{props.oldName}</del> → <ins>{props.currentName}</ins>
          <span className={styles['summary']}>
            {t(`change.${diff.change}`)}
            {diff.change !== 'identical' &&
              ` · ${t('counts', { removed: diff.body.removed, added: diff.body.added })}`}
          </span>
        </p>
        <div className={styles['tools']}>
          <Button
            size="small"
            icon={<UpOutlined />}
            aria-label={t('previous')}
            title={`${t('previous')} (p)`}
            onClick={() => walk(-1)}
          />
          <Button
            size="small"
            icon={<DownOutlined />}
            aria-label={t('next')}
            title={`${t('next')} (n)`}
            onClick={() => walk(1)}
          />
          <Segmented<DiffMode>
            size="small"
            aria-label={t('mode')}
            value={mode}
            options={[
              { value: 'inline', label: t('inline') },
              { value: 'side-by-side', label: t('sideBySide') },
            ]}
            onChange={props.onMode}
          />
        </div>
      </div>
      {diff.coarse && <p className={styles['note']}>{t('coarse')}</p>}
      <div ref={box} className={styles['parts']}>
        {diff.change === 'identical' && <p>{t('identicalHint')}</p>}
        {!isUnchanged(diff.title) && (
          <Part title={t('part.title')}>
            <TextDiffView diff={diff.title} old={old.title} current={current.title} mode={mode} />
          </Part>
        )}
        {!isUnchanged(diff.body) && (
          <Part title={t('part.body')}>
            <TextDiffView
              diff={diff.body}
              old={textOfBody(old.body)}
              current={textOfBody(current.body)}
              mode={mode}
            />
          </Part>
        )}
        <FieldChanges changes={diff.fields} mode={mode} productName={props.productName} />
        <ItemChanges
          title={t('part.facts')}
          changes={diff.facts}
          text={(fact: Fact) => `${t(`materials:factKind.${fact.kind}`)} ${fact.label} ${fact.value}`}
        />
        <ItemChanges
          title={t('part.sources')}
          changes={diff.sources}
          text={(source: Source) => [source.name, source.url, source.day ?? ''].filter(Boolean).join(' ')}
        />
        <Attachments changes={diff.attachments} />
        {diff.variants.map((variant) => (
          <Part
            key={`${variant.channel} ${variant.oldIndex ?? '-'} ${variant.newIndex ?? '-'}`}
            title={t(`variant.${variant.kind}`, { channel: t(`materials:channel.${variant.channel}`) })}
          >
            <TextDiffView
              diff={variant.title}
              old={titleOf(old, variant.oldIndex)}
              current={titleOf(current, variant.newIndex)}
              mode={mode}
            />
            <TextDiffView
              diff={variant.body}
              old={bodyOf(old, variant.oldIndex)}
              current={bodyOf(current, variant.newIndex)}
              mode={mode}
            />
          </Part>
        ))}
      </div>
    </div>
  );
}

function titleOf(content: MaterialContent, index: number | null): string {
  return index === null ? '' : (content.variants[index]?.title ?? '');
}

function bodyOf(content: MaterialContent, index: number | null): string {
  const variant = index === null ? undefined : content.variants[index];
  return variant === undefined ? '' : textOfBody(variant.body);
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles['part']} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function FieldChanges({
  changes,
  mode,
  productName,
}: {
  readonly changes: readonly FieldChange[];
  readonly mode: DiffMode;
  readonly productName: (id: string) => string;
}) {
  const { t } = useTranslation('diff');
  if (changes.length === 0) return null;
  const show = (field: FieldChange['field'], value: string) => {
    switch (field) {
      case 'type':
        return t(`materials:type.${value}`);
      case 'channels':
        return t(`materials:channel.${value}`);
      case 'productType':
        return t(`materials:productType.${value}`);
      case 'productId':
        return productName(value);
      case 'audience':
      case 'productName':
      case 'validFrom':
      case 'validUntil':
      case 'landingUrl':
      case 'chartSource':
      case 'branch':
      case 'campaign':
        return value;
    }
  };
  return (
    <Part title={t('part.fields')}>
      <dl className={styles['fields']}>
        {changes.map(({ field, old, new: current, diff }) => (
          // A text among the fields has changes of its own, to be walked through.
          <div key={field} {...(diff === null ? { 'data-change': '', tabIndex: -1 } : {})}>
            <dt>{t(`materials:field.${field}`, { defaultValue: t('field.type') })}</dt>
            <dd>
              {diff === null ? (
                <Values
                  old={old.map((value) => show(field, value))}
                  current={current.map((value) => show(field, value))}
                />
              ) : (
                <TextDiffView diff={diff} old={old[0] ?? ''} current={current[0] ?? ''} mode={mode} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Part>
  );
}

function Values({ old, current }: { readonly old: readonly string[]; readonly current: readonly string[] }) {
  const { t } = useTranslation('diff');
  const text = (values: readonly string[]) =>
    values.length === 0 ? t('none') : values.join(t('common:listSeparator'));
  return (
    <>
      <del>{text(old)}</del> → <ins>{text(current)}</ins>
    </>
  );
}

function ItemChanges<Item>({
  title,
  changes,
  text,
}: {
  readonly title: string;
  readonly changes: readonly {
    readonly kind: 'added' | 'removed' | 'changed' | 'reordered';
    readonly old: Item | null;
    readonly new: Item | null;
  }[];
  readonly text: (item: Item) => string;
}) {
  const { t } = useTranslation('diff');
  if (changes.length === 0) return null;
  return (
    <Part title={title}>
      <ul className={styles['items']}>
        {changes.map((change, index) => (
          // Rows of a finished comparison: their order is theirs for good.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} data-change="" tabIndex={-1}>
            <span className={styles['name']}>{t(`item.${change.kind}`)}</span>{' '}
            {change.kind === 'reordered' ? (
              change.new !== null && text(change.new)
            ) : (
              <>
                {change.old !== null && <del>{text(change.old)}</del>}
                {change.old !== null && change.new !== null && ' → '}
                {change.new !== null && <ins>{text(change.new)}</ins>}
              </>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Attachments({ changes }: { readonly changes: ContentDiff['attachments'] }) {
  const { t } = useTranslation('diff');
  const format = useFormat();
  if (changes.length === 0) return null;
  const text = (file: Attachment) =>
    `${file.name} (${format.bytes(file.size)}, SHA-256 ${file.blobId.slice(0, 12)}…)`;
  return (
    <Part title={t('part.attachments')}>
      <ul className={styles['items']}>
        {changes.map((change, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index} data-change="" tabIndex={-1}>
            <span className={styles['name']}>{t(`attachment.${change.kind}`)}</span>{' '}
            {change.old !== null && <del>{text(change.old)}</del>}
            {change.old !== null && change.new !== null && ' → '}
            {change.new !== null && <ins>{text(change.new)}</ins>}
          </li>
        ))}
      </ul>
    </Part>
  );
}
