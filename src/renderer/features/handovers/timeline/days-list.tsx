import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { HandoverId } from '../../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { eventTitle } from '../../../../core/features/handovers/timeline/model.ts';
import { useCan } from '../../../api/hooks.ts';
import { OutsideText } from '../../../components/OutsideText.tsx';
import { usePreferences } from '../../../preferences.ts';
import { useFormat } from '../../../use-format.ts';
import { FactPlace } from '../evidence/fact-place.tsx';
import { MessageLink } from '../evidence/message-link.tsx';
import { useImportedFiles } from '../evidence/use-imported-files.ts';
import styles from './timeline.module.css';

type Timeline = ProcedureOutput<'handovers.timeline'>;
type Group = Timeline['days'][number]['groups'][number];

/** Day by day what happened, each kind in one line that opens to its events. */
export function DaysList({
  handoverId,
  timeline,
}: {
  readonly handoverId: HandoverId;
  readonly timeline: Timeline;
}) {
  const { t } = useTranslation('handovers');
  const importOf = useImportedFiles(handoverId);
  return (
    <ol className={styles['days']}>
      {timeline.days.map(({ day, groups }) => (
        <li key={day} id={`day-${day}`} data-last={day === timeline.lastDay || undefined}>
          <h3>
            {day} <span className={styles['quiet']}>{distance(t, day, timeline.lastDay)}</span>
          </h3>
          <ul className={styles['groups']}>
            {groups.map((group) => (
              <EventGroup key={group.kind} group={group} importOf={importOf} />
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function EventGroup({
  group: { kind, count, events },
  importOf,
}: {
  readonly group: Group;
  readonly importOf: ReturnType<typeof useImportedFiles>;
}) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const { language } = usePreferences();
  const readsArchive = useCan()('archive:read');
  const [open, setOpen] = useState(false);
  const title = eventTitle(kind, language);
  if (kind === 'last-day') return <li className={styles['lastDay']}>{title}</li>;
  return (
    <li>
      <button type="button" className={styles['group']} aria-expanded={open} onClick={() => setOpen(!open)}>
        {title} <span className={styles['count']}>{format.number(count)}</span>
      </button>
      {open && (
        <ul className={styles['events']}>
          {events.map((event, index) => (
            // Two events may have the same moment and subject; the list never changes order.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>
              {!event.wholeDay && <span className={styles['quiet']}>{format.time(event.at)} </span>}
              {event.subject !== null && (
                <strong>
                  <OutsideText text={event.subject.name === '' ? event.subject.id : event.subject.name} />
                </strong>
              )}{' '}
              {event.detail !== '' && <OutsideText text={event.detail} />}{' '}
              {event.source?.type === 'fact' && (
                <FactPlace
                  feed={event.source.feed}
                  file={event.source.file}
                  line={event.source.line}
                  importId={importOf(event.source.feed, event.source.file)}
                />
              )}
              {event.source?.type === 'message' &&
                readsArchive &&
                (event.conversationId === null ? (
                  <MessageLink messageId={event.source.messageId}>{t('evidence.openMessage')}</MessageLink>
                ) : (
                  <Link to={`/archive/${event.conversationId}?message=${event.source.messageId}`}>
                    {t('evidence.openMessage')}
                  </Link>
                ))}
            </li>
          ))}
          {count > events.length && (
            <li className={styles['quiet']}>
              {t('timeline.moreEvents', {
                count: count - events.length,
                number: format.number(count - events.length),
              })}
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

const dayLength = 86_400_000;

/** How far a day is from the last one, in words. */
function distance(t: TFunction<'handovers'>, day: string, lastDay: string): string {
  const days = Math.round((Date.parse(day) - Date.parse(lastDay)) / dayLength);
  if (days === 0) return '';
  return t(days < 0 ? 'timeline.before' : 'timeline.after', {
    count: Math.abs(days),
    number: Math.abs(days),
  });
}
