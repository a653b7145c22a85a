import { Button, Form, Input, Progress } from 'antd';
import { memo, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { endOfDay, startOfDay } from '../../format.ts';
import { useFormat, useTimeZone } from '../../use-format.ts';
import styles from './archive.module.css';
import type { Mark } from './highlight.ts';
import { MarkedText } from './marked-text.tsx';
import { type SearchResult, useSearch } from './use-search.ts';
import { VirtualList } from './virtual-list.tsx';

interface SearchPanelProps {
  readonly focused: number | null;
  readonly onOpen: (result: SearchResult) => void;
}

/** Search in the text of all messages. Results stream in, newest first; any of them opens at its message. */
export function SearchPanel({ focused, onOpen }: SearchPanelProps) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const timeZone = useTimeZone();
  const { state, start, cancel } = useSearch();
  const [text, setText] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const { results } = state;
  const renderRow = useCallback(
    (index: number) => {
      const result = results[index];
      return result ? <ResultRow result={result} /> : null;
    },
    [results],
  );
  const submit = () => {
    if (text.trim() === '') return;
    void start({
      text: text.trim(),
      filter: {
        from: from === '' ? null : startOfDay(from, timeZone),
        to: to === '' ? null : endOfDay(to, timeZone),
      },
    });
  };
  const running = state.status === 'running';
  return (
    <>
      <Form className={styles['filters']} onFinish={submit}>
        <Input
          type="search"
          aria-label={t('search.text')}
          placeholder={t('search.text')}
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className={styles['dates']}>
          <Input
            type="date"
            aria-label={t('search.from')}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
          <span aria-hidden>–</span>
          <Input
            type="date"
            aria-label={t('search.to')}
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
          {running ? (
            <Button onClick={cancel}>{t('search.cancel')}</Button>
          ) : (
            <Button type="primary" htmlType="submit" disabled={text.trim() === ''}>
              {t('search.start')}
            </Button>
          )}
        </div>
      </Form>
      {state.status !== 'idle' && (
        <div className={styles['searchState']}>
          {running && (
            <Progress
              aria-label={t('search.progress')}
              percent={state.total === 0 ? 0 : Math.round((state.scanned / state.total) * 100)}
              size="small"
              status="active"
            />
          )}
          <div role="status">
            {t(`search.status.${state.status}`, {
              count: results.length,
              number: format.number(results.length),
              scanned: format.number(state.scanned),
            })}
          </div>
          {state.limited && <div>{t('search.limited')}</div>}
          <ErrorAlert error={state.error} />
        </div>
      )}
      {state.status === 'idle' ? (
        <EmptyState title={t('search.idle')} description={t('search.idleHint')} />
      ) : results.length === 0 && !running && !state.error ? (
        <EmptyState title={t('search.nothing', { text: state.text })} description={t('search.nothingHint')} />
      ) : (
        <VirtualList
          label={t('search.results')}
          count={results.length}
          rowHeight={72}
          activeIndex={results.findIndex((result) => result.messageId === focused)}
          onActive={(index) => {
            const result = results[index];
            if (result) onOpen(result);
          }}
          renderRow={renderRow}
        />
      )}
    </>
  );
}

const ResultRow = memo(function ResultRow({ result }: { readonly result: SearchResult }) {
  const format = useFormat();
  const marks: Mark[] = [{ start: result.start, end: result.end, strength: 'strong' }];
  return (
    <div className={styles['conversation']}>
      <div className={styles['line']}>
        <span className={styles['names']}>{result.sender}</span>
        <time>{format.dateTime(result.sentAt)}</time>
      </div>
      <div className={styles['excerpt']}>
        <MarkedText text={result.excerpt} marks={marks} />
      </div>
    </div>
  );
});
