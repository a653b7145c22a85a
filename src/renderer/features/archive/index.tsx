import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';

import { useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './archive.module.css';
import { ConversationList } from './conversation-list.tsx';
import { MessageList } from './message-list.tsx';
import { personWithBranch } from './people.ts';
import { SearchPanel } from './search-panel.tsx';

type Side = 'conversations' | 'search';

interface Place {
  readonly conversation: number | null;
  readonly message: number | null;
  /** Words to set off in the conversation; empty for none. */
  readonly words: string;
}

/** What the address names: `/archive/12?message=345&find=理财`. */
function readAddress(pathname: string, search: string): Place {
  const conversation = /^\/archive\/(\d{1,15})$/.exec(pathname)?.[1];
  const parameters = new URLSearchParams(search);
  const message = parameters.get('message');
  return {
    conversation: conversation === undefined ? null : Number(conversation),
    message: message !== null && /^\d{1,15}$/.test(message) ? Number(message) : null,
    words: parameters.get('find')?.slice(0, 200) ?? '',
  };
}

function addressOf({ conversation, message, words }: Place): string {
  const parameters = new URLSearchParams();
  if (message !== null) parameters.set('message', String(message));
  if (words !== '') parameters.set('find', words);
  const search = parameters.toString();
  return `/archive${conversation === null ? '' : `/${conversation}`}${search === '' ? '' : `?${search}`}`;
}

/** Imported chats: the list of conversations, search in their text, and one conversation to read. */
export function ArchiveScreen() {
  const { t } = useTranslation('archive');
  const location = useLocation();
  const navigate = useNavigate();
  const summary = useProcedure('archive.summary', {});
  const [side, setSide] = useState<Side>('conversations');
  const { conversation, message, words } = readAddress(location.pathname, location.search);
  // Going down a list with the arrow keys makes no history: Back leads out of it at once.
  const open = (place: Place, replace = false) => void navigate(addressOf(place), { replace });

  if (summary.isError) return <ErrorState error={summary.error} onRetry={() => void summary.refetch()} />;
  if (!summary.data) return <Loading />;
  if (summary.data.messages === 0) {
    return (
      <Page title={t('title')}>
        <EmptyState
          title={t('empty')}
          description={t('emptyHint')}
          action={<Link to="/imports">{t('goToImports')}</Link>}
        />
      </Page>
    );
  }
  return (
    <Page title={t('title')} fill>
      <div className={styles['screen']}>
        <section className={styles['side']} aria-label={t(`side.${side}`)}>
          <div className={styles['tabs']}>
            <Segmented<Side>
              block
              aria-label={t('side.label')}
              value={side}
              onChange={setSide}
              options={[
                { value: 'conversations', label: t('side.conversations') },
                { value: 'search', label: t('side.search') },
              ]}
            />
          </div>
          {side === 'conversations' ? (
            <ConversationList
              selectedId={conversation}
              onSelect={(id) => open({ conversation: id, message: null, words: '' }, conversation !== null)}
            />
          ) : (
            <SearchPanel
              focused={message}
              onOpen={(result, found) =>
                open(
                  { conversation: result.conversationId, message: result.messageId, words: found },
                  conversation !== null,
                )
              }
            />
          )}
        </section>
        <section className={styles['main']} aria-label={t('conversation')}>
          {conversation === null ? (
            <EmptyState title={t('noneChosen')} description={t('noneChosenHint')} />
          ) : (
            <>
              <ConversationHead id={conversation} />
              <MessageList
                key={conversation}
                conversationId={conversation}
                focused={message}
                words={words}
                onJump={(id) => open({ conversation, message: id, words })}
              />
            </>
          )}
        </section>
      </div>
    </Page>
  );
}

function ConversationHead({ id }: { readonly id: number }) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const conversation = useProcedure('archive.conversation', { id });
  const data = conversation.data;
  if (!data) return <div className={styles['head']} />;
  const more = Math.max(0, data.memberCount - data.members.length);
  const names = data.members.map((member) => personWithBranch(member)).join(t('common:listSeparator'));
  return (
    <div className={styles['head']}>
      <div style={{ minWidth: 0 }}>
        <h2 title={names}>
          {names}
          {more > 0 && ` ${t('moreMembers', { count: more })}`}
        </h2>
        <div className={styles['headFacts']}>
          {data.roomId !== null && <span>{t('room', { id: data.roomId })}</span>}
          <span>
            {t('messageCount', { count: data.messageCount, number: format.number(data.messageCount) })}
          </span>
          <span>{t('period', { from: format.date(data.firstAt), to: format.date(data.lastAt) })}</span>
        </div>
      </div>
      {data.openHits > 0 && (
        <Link to={`/hits?conversation=${id}`}>{t('openHits', { count: data.openHits })}</Link>
      )}
    </div>
  );
}
