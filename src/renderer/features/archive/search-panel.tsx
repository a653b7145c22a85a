import { Button, Form, Input, Progress, Select } from 'antd';
import { memo, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useProcedure } from '../../api/hooks.ts';
import { type Days, DayRange } from '../../components/DayRange.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './archive.module.css';
import type { Mark } from './highlight.ts';
import { MarkedText } from './marked-text.tsx';
import { PersonSelect } from './person-select.tsx';
import { type SearchResult, useSearch } from './use-search.ts';
import { VirtualList } from './virtual-list.tsx';

interface SearchPanelProps {
  readonly focused: number | null;
  /** With the words that were searched for, so that the conversation can show them. */
  readonly onOpen: (result: SearchResult, words: string) => void;
}

interface SearchFilter extends Days {
  readonly personId: number | null;
  readonly branch: string | null;
  readonly kinds: string[] | null;
}

const noFilter: SearchFilter = { personId: null, branch: null, kinds: null, from: null, to: null };

/** Search in the text of all messages. Results stream in, newest first; any of them opens at its message. */
export function SearchPanel({ focused, onOpen }: SearchPanelProps) {
  const { t } = useTranslation('archive');
  const format = useFormat();
  const { state, start, cancel } = useSearch();
  const [text, setText] = useState('');
  const [filter, setFilter] = useState(noFilter);
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
    void start({ text: text.trim(), filter });
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
        <SearchFilters filter={filter} onChange={setFilter} />
        {running ? (
          // A new element, not the same one with another type: the browser would submit with this very press.
          <Button key="stop" onClick={cancel}>
            {t('search.cancel')}
          </Button>
        ) : (
          <Button key="start" type="primary" htmlType="submit" disabled={text.trim() === ''}>
            {t('search.start')}
          </Button>
        )}
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
          {/* Told once it has ended: the numbers of a running search would be read out without end. */}
          <div {...(running ? {} : { role: 'status' })}>
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
            if (result) onOpen(result, state.text);
          }}
          renderRow={renderRow}
        />
      )}
    </>
  );
}

/** Whose messages, of which kind and when. */
function SearchFilters({
  filter,
  onChange,
}: {
  readonly filter: SearchFilter;
  readonly onChange: (filter: SearchFilter) => void;
}) {
  const { t } = useTranslation('archive');
  const summary = useProcedure('archive.summary', {});
  const set = (change: Partial<SearchFilter>) => onChange({ ...filter, ...change });
  const { branches = [], kinds = [] } = summary.data ?? {};
  return (
    <div className={styles['searchFilters']}>
      <PersonSelect
        label={t('search.person')}
        personId={filter.personId}
        onChange={(personId) => set({ personId })}
      />
      <Select
        allowClear
        showSearch
        aria-label={t('search.branch')}
        placeholder={t('search.branch')}
        value={filter.branch}
        onChange={(branch: string | null | undefined) => set({ branch: branch ?? null })}
        options={branches.map((name) => ({ value: name, label: name }))}
      />
      <Select
        mode="multiple"
        maxTagCount="responsive"
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('search.kinds')}
        placeholder={t('search.kinds')}
        value={filter.kinds ?? []}
        onChange={(chosen) => set({ kinds: chosen.length === 0 ? null : chosen })}
        options={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`, { defaultValue: kind }) }))}
      />
      <DayRange
        className={styles['wide']}
        fromLabel={t('search.from')}
        toLabel={t('search.to')}
        value={filter}
        onChange={set}
      />
    </div>
  );
}

const ResultRow = memo(function ResultRow({ result }: { readonly result: SearchResult }) {
  const format = useFormat();
  const marks: Mark[] = [{ start: result.start, end: result.end, strength: 'strong' }];
  return (
    <div className={styles['conversation']}>
      <div className={styles['line']}>
        <span className={styles['names']}>
          <OutsideText text={result.sender} />
        </span>
        <time>{format.dateTime(result.sentAt)}</time>
      </div>
      <div className={styles['excerpt']}>
        <MarkedText text={result.excerpt} marks={marks} />
      </div>
    </div>
  );
});
