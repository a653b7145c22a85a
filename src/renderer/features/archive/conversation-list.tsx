import { Input, Select } from 'antd';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { memo, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { ApiError, invoke, toApiError } from '../../api/client.ts';
import { useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { useFormat } from '../../use-format.ts';
import styles from './archive.module.css';
import { membersLine } from './people.ts';
import { VirtualList } from './virtual-list.tsx';

type Page = ProcedureOutput<'archive.conversations'>;
export type Conversation = Page['conversations'][number];
type Cursor = Pick<Conversation, 'lastAt' | 'id'> | null;

interface ConversationListProps {
  readonly selectedId: number | null;
  readonly onSelect: (id: number) => void;
}

/** All conversations, newest activity first, found by members' names, ids and branches. */
export function ConversationList({ selectedId, onSelect }: ConversationListProps) {
  const { t } = useTranslation('archive');
  const [typed, setTyped] = useState('');
  const [branch, setBranch] = useState<string | null>(null);
  const query = useSettled(typed.trim());
  const summary = useProcedure('archive.summary', {});
  const pages = useInfiniteQuery<Page, ApiError, Conversation[], readonly unknown[], Cursor>({
    queryKey: ['archive', 'conversation-list', query, branch],
    initialPageParam: null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) =>
      invoke('archive.conversations', { query, filter: { branch }, after: pageParam, limit: 100 }),
    getNextPageParam: (page) => {
      const last = page.conversations.at(-1);
      return page.more && last ? { lastAt: last.lastAt, id: last.id } : undefined;
    },
    select: (data) => data.pages.flatMap((page) => page.conversations),
  });
  const conversations = useMemo(() => pages.data ?? [], [pages.data]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = pages;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const branches = summary.data?.branches ?? [];
  const renderRow = useCallback(
    (index: number) => {
      const conversation = conversations[index];
      return conversation ? <ConversationRow conversation={conversation} /> : null;
    },
    [conversations],
  );

  return (
    <>
      <div className={styles['filters']}>
        <Input
          type="search"
          aria-label={t('findConversation')}
          placeholder={t('findConversation')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {branches.length > 0 && (
          <Select
            allowClear
            aria-label={t('branch')}
            placeholder={t('allBranches')}
            value={branch}
            onChange={(value: string | null | undefined) => setBranch(value ?? null)}
            options={branches.map((name) => ({ value: name, label: name }))}
            showSearch
          />
        )}
      </div>
      {pages.isError ? (
        <ErrorState error={toApiError(pages.error)} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <Loading />
      ) : conversations.length === 0 ? (
        <EmptyState title={t('noConversationFound')} description={t('noConversationFoundHint')} />
      ) : (
        <VirtualList
          label={t('conversations')}
          count={conversations.length}
          rowHeight={66}
          activeIndex={conversations.findIndex((conversation) => conversation.id === selectedId)}
          onActive={(index) => {
            const conversation = conversations[index];
            if (conversation) onSelect(conversation.id);
          }}
          renderRow={renderRow}
          onNearEnd={loadMore}
        />
      )}
    </>
  );
}

const ConversationRow = memo(function ConversationRow({
  conversation,
}: {
  readonly conversation: Conversation;
}) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const { names, more } = membersLine(
    conversation.members,
    conversation.memberCount,
    t('common:listSeparator'),
  );
  return (
    <div className={styles['conversation']}>
      <div className={styles['line']}>
        <span className={styles['names']} title={names}>
          {names}
        </span>
        <time>{format.date(conversation.lastAt)}</time>
      </div>
      <div className={styles['line']}>
        <span className={styles['preview']}>
          <OutsideText text={conversation.preview} />
        </span>
        {conversation.openHits > 0 && (
          <span className={styles['badge']} title={t('openHits', { count: conversation.openHits })}>
            {format.number(conversation.openHits)}
          </span>
        )}
      </div>
      <div className={styles['facts']}>
        {conversation.kind === 'group' && <span>{t('group')}</span>}
        {more > 0 && <span>{t('moreMembers', { count: more })}</span>}
        <span>
          {t('messageCount', {
            count: conversation.messageCount,
            number: format.number(conversation.messageCount),
          })}
        </span>
      </div>
    </div>
  );
});
