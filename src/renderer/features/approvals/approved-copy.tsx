import { useTranslation } from 'react-i18next';

import type { BlobId, MaterialId } from '../../../core/contract/ids.ts';
import type { Block, MaterialContent, Run } from '../../../core/features/reviews/material/contract.ts';
import { useProcedure } from '../../api/hooks.ts';
import { ErrorText } from '../../components/ErrorText.tsx';
import { Pieces } from '../../components/OutsideText.tsx';
import { ReadFields } from '../materials/fields/read-fields.tsx';
import styles from './approvals.module.css';

/** The approved words themselves, to be read: nothing in it can be followed or changed. */
export function ApprovedCopy({
  materialId,
  content,
}: {
  readonly materialId: MaterialId;
  readonly content: MaterialContent;
}) {
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
      <ReadFields content={content} />
      {content.attachments.map((file, index) =>
        file.mediaType.startsWith('image/') ? (
          // The same picture may be attached twice.
          // oxlint-disable-next-line react/no-array-index-key
          <Picture key={index} materialId={materialId} blobId={file.blobId} name={file.name} />
        ) : null,
      )}
    </div>
  );
}

function Picture({
  materialId,
  blobId,
  name,
}: {
  readonly materialId: MaterialId;
  readonly blobId: BlobId;
  readonly name: string;
}) {
  const { t } = useTranslation('reviews');
  const picture = useProcedure('materials.picture', { id: materialId, blobId }, { staleTime: Infinity });
  return (
    <figure className={styles['figure']}>
      <figcaption>
        <Pieces text={name} />
      </figcaption>
      {picture.isError ? (
        <p className={styles['secondary']}>
          <ErrorText error={picture.error} />
        </p>
      ) : (
        picture.data !== undefined && (
          <img
            src={`data:${picture.data.mediaType};base64,${picture.data.base64}`}
            alt={t('picture.label', { name })}
          />
        )
      )}
    </figure>
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
