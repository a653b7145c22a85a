import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ReviewId } from '../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useMutate, useProcedure, useProcedureWhen } from '../../api/hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import type { BodyEditorHandle } from '../materials/body-editor/body-editor.tsx';
import { CancelReviewDialog } from './cancel-review-dialog.tsx';
import { CommentForm } from './comment-form.tsx';
import { DecisionDialog } from './decision-dialog.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { ReviewFindings } from './review-findings.tsx';
import { ReviewHistory } from './review-history.tsx';
import { ReviewReading } from './review-reading.tsx';
import { ReviewStateTag } from './review-state-tag.tsx';
import styles from './reviews.module.css';
import { StagesList } from './stages-list.tsx';
import { ThreadsPanel } from './threads-panel.tsx';
import { type AnchorDraft, wholeAnchor } from './anchors.ts';
import type { DecisionKind } from '../../../core/features/reviews/workflow/model.ts';
import { usePresence } from './use-presence.ts';

type Review = ProcedureOutput<'reviews.get'>;
type Version = ProcedureOutput<'materials.version'>;

const panels = ['findings', 'comments', 'stages', 'history'] as const;
type Panel = (typeof panels)[number];

/** One review: what is to be decided on, what was found and said about it, and the decision. */
export function ReviewScreen({ id }: { readonly id: ReviewId }) {
  const { t } = useTranslation('reviews');
  const review = useProcedure('reviews.get', { id });
  const versionId = review.data?.version.id;
  // Never the version before while a newer one is on its way: what is decided on is what is on screen.
  const version = useProcedureWhen('materials.version', versionId === undefined ? null : { id: versionId });
  // A new version begins the desk anew; the reader stays in the same tab.
  const [panel, setPanel] = useState<Panel>('findings');
  return (
    <Page
      fill
      title={review.data?.material.title ?? t('title')}
      description={review.data && <ReviewLine review={review.data} />}
      actions={review.data && <ReviewActions review={review.data} />}
    >
      {review.isError || version.isError ? (
        <ErrorState
          error={review.error ?? version.error}
          onRetry={() => {
            void review.refetch();
            void version.refetch();
          }}
        />
      ) : !review.data || !version.data ? (
        <Loading />
      ) : (
        <ReviewDesk
          key={version.data.id}
          review={review.data}
          version={version.data}
          panel={panel}
          onPanel={setPanel}
        />
      )}
    </Page>
  );
}

function ReviewLine({ review }: { readonly review: Review }) {
  const { t } = useTranslation('reviews');
  const others = usePresence(review.id);
  return (
    <>
      <Link to="/reviews">{t('title')}</Link> / {t(`materials:type.${review.material.type}`)}{' '}
      <ReviewStateTag state={review.state} />{' '}
      {t('line', {
        number: review.version.number,
        submittedBy: review.version.submittedBy.name,
        preparer: review.material.preparer.name,
        template: review.template.name,
        templateVersion: review.template.versionNumber,
        risk: t(`materials:risk.${review.risk}`),
      })}
      {others.length > 0 && (
        <span role="status" className={styles['looking']}>
          {t('lookedAtBy', { names: others.map(({ name }) => name).join(t('common:listSeparator')) })}
        </span>
      )}
    </>
  );
}

function ReviewActions({ review }: { readonly review: Review }) {
  const { t } = useTranslation('reviews');
  const [cancelling, setCancelling] = useState(false);
  return (
    <>
      {review.approval !== null && (
        <Link to={`/approvals/${review.approval.id}`}>
          {t('approval', { number: review.approval.number })}
        </Link>
      )}
      <Link to={`/materials/${review.material.id}`}>{t('toMaterial')}</Link>
      {review.may.cancel && <Button onClick={() => setCancelling(true)}>{t('cancel.open')}</Button>}
      {cancelling && <CancelReviewDialog reviewId={review.id} onClose={() => setCancelling(false)} />}
    </>
  );
}

function ReviewDesk({
  review,
  version,
  panel,
  onPanel: setPanel,
}: {
  readonly review: Review;
  readonly version: Version;
  readonly panel: Panel;
  readonly onPanel: (panel: Panel) => void;
}) {
  const { t } = useTranslation('reviews');
  const [thread, setThread] = useState<string | null>(null);
  const [finding, setFinding] = useState<string | null>(null);
  const [anchor, setAnchor] = useState<AnchorDraft | null>(null);
  const [deciding, setDeciding] = useState<DecisionKind | null>(null);
  const selection = useRef<AnchorDraft | null>(null);
  const handle = useRef<BodyEditorHandle | null>(null);
  const comment = useMutate('reviews.comment', { toast: false });
  const comments = review.may.comment;
  const begin = () => setAnchor(selection.current ?? wholeAnchor);
  useShortcuts([
    { keys: 'c', label: t('comment.new'), disabled: !comments, run: begin },
    ...panels.map((each, index) => ({
      keys: `v ${each[0] ?? index}`,
      label: t('panel.show', { name: t(`panel.${each}`) }),
      run: () => setPanel(each),
    })),
  ]);
  const counts: Readonly<Record<Panel, number | null>> = {
    findings: version.found?.length ?? null,
    comments: review.threads.filter(({ resolved }) => resolved === null).length,
    stages: null,
    history: review.decisions.length,
  };

  return (
    <div className={styles['desk']}>
      <ReviewReading
        review={review}
        version={version}
        currentThread={thread}
        currentFinding={finding}
        onThread={(id) => {
          setThread(id);
          setPanel('comments');
        }}
        onFinding={(key) => {
          setFinding(key);
          setPanel('findings');
        }}
        onSelect={(selected) => {
          selection.current = selected;
        }}
        onReady={(ready) => {
          handle.current = ready;
        }}
        pending={anchor}
        onComment={comments ? setAnchor : null}
      />
      <aside className={styles['side']} aria-label={t('panel.label')}>
        <div role="tablist" aria-label={t('panel.label')} className={styles['tabs']}>
          {panels.map((each) => (
            <button
              key={each}
              type="button"
              role="tab"
              id={`tab-${each}`}
              aria-selected={each === panel}
              aria-controls={`panel-${each}`}
              onClick={() => setPanel(each)}
            >
              {t(`panel.${each}`)}
              {counts[each] !== null && <span className={styles['count']}>{counts[each]}</span>}
            </button>
          ))}
        </div>
        <div
          role="tabpanel"
          id={`panel-${panel}`}
          aria-labelledby={`tab-${panel}`}
          tabIndex={0}
          className={styles['panel']}
        >
          {anchor !== null && (
            <CommentForm
              anchor={anchor}
              error={comment.error}
              busy={comment.isPending}
              mayDecide={review.may.seats.length > 0}
              onCancel={() => setAnchor(null)}
              onSend={({ text, mustFix, suggestion }) =>
                comment.mutate(
                  {
                    reviewId: review.id,
                    versionId: version.id,
                    anchor: anchor.anchor,
                    text,
                    mustFix,
                    suggestion,
                  },
                  {
                    onSuccess: (made) => {
                      setAnchor(null);
                      setThread(made.id);
                      setPanel('comments');
                    },
                  },
                )
              }
            />
          )}
          {panel === 'findings' && (
            <ReviewFindings
              review={review}
              version={version}
              current={finding}
              onGoTo={(found) => {
                setFinding(found.key);
                if (found.part === 'body') handle.current?.reveal(found.start, found.end);
              }}
            />
          )}
          {panel === 'comments' && (
            <ThreadsPanel
              review={review}
              current={thread}
              onNew={comments ? begin : null}
              onGoTo={(to) => {
                setThread(to.id);
                if (to.place.part === 'body' && to.place.found !== 'orphaned')
                  handle.current?.reveal(to.place.start, to.place.end);
              }}
            />
          )}
          {panel === 'stages' && <StagesList review={review} />}
          {panel === 'history' && <ReviewHistory review={review} />}
        </div>
      </aside>
      <DecisionBar review={review} onDecide={setDeciding} />
      {deciding !== null && (
        <DecisionDialog review={review} kind={deciding} onClose={() => setDeciding(null)} />
      )}
    </div>
  );
}
