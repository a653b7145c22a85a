import { Button } from 'antd';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import type { RegionAnchor } from '../../../core/features/reviews/workflow/comments/contract.ts';
import type { Attachment, MaterialContent } from '../../../core/features/reviews/material/contract.ts';
import { useProcedure } from '../../api/hooks.ts';
import { ErrorText } from '../../components/ErrorText.tsx';
import type { AnchorDraft } from './anchors.ts';
import styles from './reviews.module.css';

type Review = ProcedureOutput<'reviews.get'>;
type Region = RegionAnchor['region'];

/** The attached pictures, with the regions that comments are about; a region is drawn with the pointer or the arrow keys. */
export function ReviewPictures({
  review,
  content,
  onComment,
}: {
  readonly review: Review;
  readonly content: MaterialContent;
  readonly onComment: ((anchor: AnchorDraft) => void) | null;
}) {
  return content.attachments.map((file, index) =>
    file.mediaType.startsWith('image/') ? (
      // The same picture may be attached twice.
      // oxlint-disable-next-line react/no-array-index-key
      <Picture key={index} review={review} file={file} part={`attachments.${index}`} onComment={onComment} />
    ) : null,
  );
}

/** What the arrow keys begin with, in percent. */
const firstRegion: Region = { x: 40, y: 40, width: 20, height: 20 };
const keyStep = 2;

function Picture({
  review,
  file,
  part,
  onComment,
}: {
  readonly review: Review;
  readonly file: Attachment;
  readonly part: string;
  readonly onComment: ((anchor: AnchorDraft) => void) | null;
}) {
  const { t } = useTranslation('reviews');
  const picture = useProcedure(
    'materials.picture',
    { id: review.material.id, blobId: file.blobId },
    { staleTime: Infinity },
  );
  const frame = useRef<HTMLDivElement>(null);
  const [region, setRegion] = useState<Region | null>(null);
  const begun = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const commented = review.threads.flatMap((thread) =>
    thread.anchor.kind === 'region' && thread.anchor.part === part && thread.resolved === null
      ? [{ id: thread.id, region: thread.anchor.region, text: thread.comments[0]?.text ?? '' }]
      : [],
  );

  function place(event: PointerEvent<HTMLElement>) {
    const box = frame.current?.getBoundingClientRect();
    if (box === undefined) return null;
    const percent = (value: number, size: number) => Math.min(100, Math.max(0, (value / size) * 100));
    return {
      x: percent(event.clientX - box.left, box.width),
      y: percent(event.clientY - box.top, box.height),
    };
  }
  function draw(event: PointerEvent<HTMLElement>) {
    const at = place(event);
    if (at === null || begun.current === null) return;
    const from = begun.current;
    setRegion({
      x: Math.min(from.x, at.x),
      y: Math.min(from.y, at.y),
      width: Math.abs(at.x - from.x),
      height: Math.abs(at.y - from.y),
    });
  }
  function move(event: KeyboardEvent<HTMLElement>) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const [across = 0, down = 0] = step;
    const own = region ?? firstRegion;
    const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
    setRegion(
      event.shiftKey
        ? {
            ...own,
            width: within(own.width + across * keyStep, 100 - own.x),
            height: within(own.height + down * keyStep, 100 - own.y),
          }
        : {
            ...own,
            x: within(own.x + across * keyStep, 100 - own.width),
            y: within(own.y + down * keyStep, 100 - own.height),
          },
    );
  }

  return (
    <figure className={styles['picture']}>
      <figcaption>
        {file.name}
        {onComment !== null && region !== null && region.width > 0 && region.height > 0 && (
          <Button
            size="small"
            onClick={() => {
              onComment({
                anchor: { kind: 'region', part, blobId: file.blobId, page: 1, region },
                quote: '',
              });
              setRegion(null);
            }}
          >
            {t('comment.newOnRegion')}
          </Button>
        )}
      </figcaption>
      {picture.isError ? (
        <p className={styles['quiet']}>
          <ErrorText error={picture.error} />
        </p>
      ) : picture.data === undefined ? null : (
        <div ref={frame} className={styles['frame']}>
          <img
            src={`data:${picture.data.mediaType};base64,${picture.data.base64}`}
            alt={t('picture.label', { name: file.name })}
            draggable={false}
          />
          {commented.map((each) => (
            <span key={each.id} className={styles['region']} style={styleOf(each.region)} title={each.text} />
          ))}
          {region !== null && <span className={styles['drawn']} style={styleOf(region)} />}
          {onComment !== null && (
            <button
              type="button"
              className={styles['canvas']}
              aria-label={t('picture.draw', { name: file.name })}
              onKeyDown={move}
              onPointerDown={(event) => {
                event.currentTarget.setPointerCapture(event.pointerId);
                begun.current = place(event);
              }}
              onPointerMove={draw}
              onPointerUp={() => {
                begun.current = null;
              }}
            />
          )}
        </div>
      )}
    </figure>
  );
}

function styleOf({ x, y, width, height }: Region) {
  return { left: `${x}%`, top: `${y}%`, width: `${width}%`, height: `${height}%` };
}
