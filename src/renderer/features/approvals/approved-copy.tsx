import { useTranslation } from 'react-i18next';

import type { Block, MaterialContent, Run } from '../../../core/features/reviews/material/contract.ts';
import { Pieces } from '../../components/OutsideText.tsx';
import styles from './approvals.module.css';

/** The approved words themselves, to be read: nothing in it can be followed or changed. */
export function ApprovedCopy({ content }: { readonly content: MaterialContent }) {
  const { t } = useTranslation('approvals');
  return (
    <div className={styles['copy']}>
      <Text title={content.title} body={content.body} />
      {content.variants.map((variant) => (
        <section key={variant.channel} aria-label={t(`materials:channel.${variant.channel}`)}>
          <h3 className={styles['copyPart']}>
            {t('copy.variant', { channel: t(`materials:channel.${variant.channel}`) })}
          </h3>
          <Text title={variant.title} body={variant.body} />
        </section>
      ))}
      {content.attachments.length > 0 && (
        <section aria-labelledby="copy-attachments">
          <h3 id="copy-attachments" className={styles['copyPart']}>
            {t('copy.attachments')}
          </h3>
          <ul className={styles['files']}>
            {content.attachments.map((file) => (
              <li key={`${file.blobId} ${file.name}`}>
                <Pieces text={file.name} />{' '}
                <code title={file.blobId}>SHA-256 {file.blobId.slice(0, 16)}…</code>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Text({ title, body }: { readonly title: string; readonly body: readonly Block[] }) {
  return (
    <>
      {title !== '' && (
        <p className={styles['copyTitle']} dir="ltr">
          <Pieces text={title} />
        </p>
      )}
      {body.map((block, index) => (
        // What was approved never changes: the place is the name.
        // oxlint-disable-next-line react/no-array-index-key
        <CopyBlock key={index} block={block} />
      ))}
    </>
  );
}

function CopyBlock({ block }: { readonly block: Block }) {
  const { t } = useTranslation('approvals');
  if (block.kind === 'image') {
    return (
      <p className={styles['picture']}>
        {t(block.alt === '' ? 'copy.picture' : 'copy.pictureOf', { alt: block.alt })}{' '}
        <code title={block.blobId}>SHA-256 {block.blobId.slice(0, 16)}…</code>
      </p>
    );
  }
  return (
    <p
      dir="ltr"
      data-kind={block.kind}
      style={{ marginInlineStart: `${block.kind === 'heading' ? 0 : block.level * 1.5}em` }}
    >
      {block.runs.map((run, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <CopyRun key={index} run={run} />
      ))}
    </p>
  );
}

function CopyRun({ run }: { readonly run: Run }) {
  return (
    <>
      <span data-marks={run.marks.join(' ')}>
        <Pieces text={run.text} />
      </span>
      {run.href !== '' && <span className={styles['href']}> ({run.href})</span>}
    </>
  );
}
