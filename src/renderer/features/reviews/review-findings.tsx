import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { type PrecheckFinding, findingLevels } from '../../../core/features/reviews/precheck/model.ts';
import { useCurrentUser, useMutate } from '../../api/hooks.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { useFormat } from '../../use-format.ts';
import { FindingCard } from '../materials/findings/finding-card.tsx';
import styles from './reviews.module.css';

type Review = ProcedureOutput<'reviews.get'>;
type Version = ProcedureOutput<'materials.version'>;

/** What the pre-check found in the submitted version, with the exemptions that are claimed, to be accepted one by one. */
export function ReviewFindings({
  review,
  version,
  current,
  onGoTo,
}: {
  readonly review: Review;
  readonly version: Version;
  readonly current: string | null;
  readonly onGoTo: (finding: PrecheckFinding) => void;
}) {
  const { t } = useTranslation('reviews');
  const { found } = version;
  if (found === null) return <p>{t('findings.pending')}</p>;
  if (found.length === 0) return <p>{t('precheck:nothing')}</p>;
  const ordered = findingLevels.flatMap((level) => found.filter((finding) => finding.level === level));
  return (
    <ol className={styles['cards']}>
      {ordered.map((finding) => {
        const claimed = version.claimed.find(({ findingKey }) => findingKey === finding.key) ?? null;
        return (
          <FindingCard
            key={finding.key}
            finding={finding}
            current={finding.key === current}
            claimed={claimed}
            onGoTo={finding.part === 'body' ? () => onGoTo(finding) : null}
            onReplace={null}
            onClaim={null}
          >
            {finding.level === 'block' &&
              (claimed === null ? (
                // One that can't be exempt says so itself.
                finding.exemptible && <p className={styles['blockers']}>{t('findings.unclaimed')}</p>
              ) : (
                <Exemption review={review} version={version} findingKey={finding.key} />
              ))}
          </FindingCard>
        );
      })}
    </ol>
  );
}

function Exemption({
  review,
  version,
  findingKey,
}: {
  readonly review: Review;
  readonly version: Version;
  readonly findingKey: string;
}) {
  const { t } = useTranslation('reviews');
  const format = useFormat();
  const me = useCurrentUser().id;
  const accept = useMutate('reviews.acceptExemption', { toast: false });
  const [note, setNote] = useState('');
  const accepted = review.acceptedExemptions.filter((each) => each.findingKey === findingKey);
  const mine = accepted.some(({ by }) => by.id === me);
  return (
    <div className={styles['exemption']}>
      {accepted.map((each) => (
        <p key={each.by.id}>
          {t('findings.acceptedBy', { name: each.by.name, time: format.dateTime(each.at) })}
          {each.note !== '' && ` ${each.note}`}
        </p>
      ))}
      {!mine && review.may.acceptExemptions && (
        <>
          <Input
            size="small"
            aria-label={t('findings.acceptNote')}
            placeholder={t('findings.acceptNote')}
            value={note}
            maxLength={4_000}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button
            size="small"
            loading={accept.isPending}
            onClick={() =>
              accept.mutate({ reviewId: review.id, versionId: version.id, findingKey, note: note.trim() })
            }
          >
            {t('findings.accept')}
          </Button>
        </>
      )}
      <ErrorAlert error={accept.error} />
    </div>
  );
}
