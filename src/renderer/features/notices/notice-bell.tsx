import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Popover } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useMutate, useProcedure } from '../../api/hooks.ts';
import { ErrorText } from '../../components/ErrorText.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { useFormat } from '../../use-format.ts';
import styles from './notices.module.css';

type Notice = ProcedureOutput<'notices.list'>['notices'][number];

/** Most that the badge counts. */
const most = 99;

/** What one was told: how much of it is unread, and the list of it, each leading to what it is about. */
export function NoticeBell() {
  const { t } = useTranslation('notices');
  const [open, setOpen] = useState(false);
  const [openedAt, setOpenedAt] = useState(() => Date.now());
  const bell = useRef<HTMLButtonElement>(null);
  const notices = useProcedure('notices.list', {}, { refetchInterval: 60_000 });
  const unread = notices.data?.unread ?? 0;
  const label = unread === 0 ? t('title') : t('unread', { count: unread });
  const change = (next: boolean) => {
    if (next) setOpenedAt(Date.now());
    setOpen(next);
  };
  useShortcuts([
    {
      keys: 'g n',
      label: t('open'),
      group: t('shell:groupGo'),
      run: () => {
        bell.current?.focus();
        change(true);
      },
    },
  ]);
  return (
    // Escape from inside of the list leads back to the bell.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <span
      className={styles['bell']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        change(false);
        bell.current?.focus();
      }}
    >
      <Popover
        trigger="click"
        placement="bottomRight"
        open={open}
        onOpenChange={change}
        // Beside its button, so that Tab leads from the one into the other.
        getPopupContainer={(button) => button.parentElement ?? document.body}
        content={
          <NoticeList
            notices={notices.data?.notices ?? []}
            unread={unread}
            error={notices.error}
            now={openedAt}
            onFollow={() => change(false)}
          />
        }
      >
        <Button
          ref={bell}
          type="text"
          aria-label={label}
          aria-expanded={open}
          title={label}
          icon={
            <Badge count={unread} size="small" overflowCount={most}>
              <BellOutlined />
            </Badge>
          }
        />
      </Popover>
    </span>
  );
}

function NoticeList({
  notices,
  unread,
  error,
  now,
  onFollow,
}: {
  readonly notices: readonly Notice[];
  readonly unread: number;
  readonly error: unknown;
  readonly now: number;
  readonly onFollow: () => void;
}) {
  const { t } = useTranslation('notices');
  const read = useMutate('notices.read');
  return (
    <section className={styles['panel']} aria-label={t('title')}>
      <header className={styles['head']}>
        <h2>{t('title')}</h2>
        <Button
          size="small"
          disabled={unread === 0}
          loading={read.isPending && read.variables?.ids === undefined}
          onClick={() => read.mutate({})}
        >
          {t('readAll')}
        </Button>
      </header>
      {error !== null && error !== undefined && (
        <p role="alert">
          <ErrorText error={error} />
        </p>
      )}
      {notices.length === 0 && <p className={styles['secondary']}>{t('none')}</p>}
      <ul className={styles['list']}>
        {notices.map((notice) => (
          <NoticeItem
            key={notice.id}
            notice={notice}
            now={now}
            onRead={() => read.mutate({ ids: [notice.id] })}
            onFollow={onFollow}
          />
        ))}
      </ul>
    </section>
  );
}

function NoticeItem({
  notice,
  now,
  onRead,
  onFollow,
}: {
  readonly notice: Notice;
  readonly now: number;
  readonly onRead: () => void;
  readonly onFollow: () => void;
}) {
  const { t } = useTranslation('notices');
  const format = useFormat();
  const isUnread = notice.readAt === null;
  const path = pathOf(notice);
  const what = (
    <>
      <span className={styles['what']}>{t(`kind.${notice.kind}`)}</span>{' '}
      {notice.title !== '' && <OutsideText text={notice.title} />}
    </>
  );
  const { stage, number, reason } = notice.params;
  const more = [stage === undefined ? '' : t('stage', { stage }), number ?? '', reason ?? ''].filter(Boolean);
  return (
    <li className={styles['item']} data-unread={isUnread || undefined}>
      <div className={styles['text']}>
        {path === null ? (
          <span>{what}</span>
        ) : (
          <Link
            to={path}
            onClick={() => {
              if (isUnread) onRead();
              onFollow();
            }}
          >
            {what}
          </Link>
        )}
        <span className={styles['secondary']}>
          {[...more, format.age(notice.at, now)].join(' · ')}
          {isUnread && <span className="visually-hidden"> {t('isUnread')}</span>}
        </span>
      </div>
      {isUnread && (
        <Button
          type="text"
          size="small"
          aria-label={t('readOne', { what: `${t(`kind.${notice.kind}`)} ${notice.title}` })}
          onClick={onRead}
        >
          {t('read')}
        </Button>
      )}
    </li>
  );
}

/** What a notice is about: an approval's page says more than its review's. */
function pathOf(notice: Notice): string | null {
  if (notice.approvalId !== null) return `/approvals/${notice.approvalId}`;
  if (notice.reviewId !== null) return `/reviews/${notice.reviewId}`;
  return notice.materialId === null ? null : `/materials/${notice.materialId}`;
}
