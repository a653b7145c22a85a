import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { textOfBody } from '../../../core/features/reviews/material/model.ts';
import { useProcedure } from '../../api/hooks.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { BodyEditor, type BodyEditorHandle } from '../materials/body-editor/body-editor.tsx';
import type { BodyMark } from '../materials/body-editor/extensions.ts';
import type { DiffMode } from '../materials/diff/text-diff.tsx';
import { marksOf } from '../materials/findings/marks-of-findings.ts';
import { ReadFields } from '../materials/fields/read-fields.tsx';
import { Comparison } from '../materials/versions-section.tsx';
import { type AnchorDraft, textAnchor } from './anchors.ts';
import { ReviewPictures } from './review-pictures.tsx';
import styles from './reviews.module.css';

type Review = ProcedureOutput<'reviews.get'>;
type Version = ProcedureOutput<'materials.version'>;

const views = ['content', 'before', 'approved'] as const;
type View = (typeof views)[number];

export interface ReviewReadingProps {
  readonly review: Review;
  readonly version: Version;
  readonly currentThread: string | null;
  readonly currentFinding: string | null;
  readonly onThread: (id: string) => void;
  readonly onFinding: (key: string) => void;
  /** What is selected, to be commented on; null: nothing. */
  readonly onSelect: (selected: AnchorDraft | null) => void;
  readonly onReady: (handle: BodyEditorHandle) => void;
  /** What a comment is being written about: it stays in sight while the focus is in the form. */
  readonly pending: AnchorDraft | null;
  /** Begins a comment on a region of a picture; null where the reader can't comment. */
  readonly onComment: ((anchor: AnchorDraft) => void) | null;
}

/** The version under review as it is, or as it differs from the one before and from what is published now. */
export function ReviewReading(props: ReviewReadingProps) {
  const { t } = useTranslation('reviews');
  const { review, version } = props;
  const { content } = version;
  // From the queue one may come for the changes: null until what there is to compare with is known, or something was chosen.
  const [search] = useSearchParams();
  const [chosen, setView] = useState<View | null>(search.get('view') === 'changes' ? null : 'content');
  const [mode, setMode] = useState<DiffMode>('inline');
  const [shown, setShown] = useState<'master' | number>('master');
  const before = review.versions
    .toSorted((a, b) => b.number - a.number)
    .find(({ number }) => number < version.number);
  const approved = useProcedure('approvals.list', {
    materialId: review.material.id,
    states: ['valid'],
    limit: 1,
  });
  const variant = shown === 'master' ? null : (content.variants[shown] ?? null);
  const body = variant?.body ?? content.body;
  const part = shown === 'master' ? 'body' : `variants.${shown}.body`;
  const text = useMemo(() => textOfBody(body), [body]);
  const can: Readonly<Record<View, boolean>> = {
    content: true,
    before: before !== undefined,
    approved: (approved.data?.total ?? 0) > 0,
  };
  const offered = views.filter((each) => can[each]);
  const view =
    chosen !== null && can[chosen] ? chosen : chosen === null ? (offered[1] ?? 'content') : 'content';
  useShortcuts([
    {
      keys: 'd',
      label: t('reading.toggle'),
      disabled: offered.length < 2,
      run: () => setView(offered[(offered.indexOf(view) + 1) % offered.length] ?? 'content'),
    },
  ]);
  const marks = useMemo((): readonly BodyMark[] => {
    const threads = review.threads
      .filter(({ place, resolved }) => resolved === null && place.part === part && place.end > place.start)
      .map((thread): BodyMark => ({
        id: `thread ${thread.id}`,
        start: thread.place.start,
        end: thread.place.end,
        kind: thread.mustFix ? 'must-fix' : 'comment',
        label: thread.comments[0]?.text ?? '',
        current: thread.id === props.currentThread,
      }));
    const about = props.pending?.anchor;
    const pending =
      about?.kind === 'text' && about.part === part
        ? [
            {
              id: 'pending',
              start: about.position.start,
              end: about.position.end,
              kind: 'comment' as const,
              label: t('comment.new'),
              current: true,
            },
          ]
        : [];
    return [...marksOf(t, version.found ?? [], part, props.currentFinding), ...threads, ...pending];
  }, [t, review.threads, version.found, part, props.currentThread, props.currentFinding, props.pending]);

  return (
    <section className={styles['reading']} aria-label={t('reading.label')}>
      <div className={styles['readingHead']}>
        <Segmented<View>
          aria-label={t('reading.view')}
          value={view}
          options={views.map((each) => ({
            value: each,
            label: t(`reading.${each}`),
            disabled: !can[each],
          }))}
          onChange={setView}
        />
        <code title={version.contentHash}>SHA-256 {version.contentHash.slice(0, 16)}…</code>
      </div>
      {view !== 'content' ? (
        <div className={styles['paper']}>
          <Comparison
            id={review.material.id}
            refs={{
              from:
                view === 'before' && before !== undefined
                  ? { kind: 'version', versionId: before.id }
                  : { kind: 'approved' },
              to: { kind: 'version', versionId: version.id },
            }}
            names={[
              view === 'before'
                ? t('materials:list.versionNumber', { number: before?.number ?? 0 })
                : t('materials:version.approved'),
              t('materials:list.versionNumber', { number: version.number }),
            ]}
            mode={mode}
            onMode={setMode}
          />
        </div>
      ) : (
        <div className={styles['paper']}>
          {content.variants.length > 0 && (
            <div role="group" aria-label={t('materials:variants.label')} className={styles['variants']}>
              {(['master', ...content.variants.keys()] as const).map((each) => (
                <Button
                  key={each}
                  size="small"
                  type={each === shown ? 'primary' : 'default'}
                  aria-pressed={each === shown}
                  onClick={() => setShown(each)}
                >
                  {each === 'master'
                    ? t('materials:variants.master')
                    : t(`materials:channel.${content.variants[each]?.channel ?? 'web'}`)}
                </Button>
              ))}
            </div>
          )}
          <h2 className={styles['materialTitle']}>
            <OutsideText text={variant?.title ?? content.title} />
          </h2>
          <BodyEditor
            key={part}
            label={t('materials:bodyLabel')}
            body={body}
            editable={false}
            marks={{ text, list: marks }}
            onMark={(id) => (id.startsWith('thread ') ? props.onThread(id.slice(7)) : props.onFinding(id))}
            onSelect={(start, end) => props.onSelect(textAnchor(part, text, start, end))}
            onReady={props.onReady}
          />
          <ReadFields content={content} />
          <ReviewPictures review={review} content={content} onComment={props.onComment} />
        </div>
      )}
    </section>
  );
}
