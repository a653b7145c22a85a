import { Checkbox, Form, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useProcedure } from '../../api/hooks.ts';
import { DayRange } from '../../components/DayRange.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { membersLine } from '../archive/people.ts';
import { PersonSelect } from '../archive/person-select.tsx';
import styles from './hits.module.css';
import { type RunFilterInput, isWhole, wholeArchive } from './run-filter.ts';
import type { RunInput } from './screening.tsx';

/** What to screen: everything new, or a part of the archive; with which lexicons; and whether to look again. */
export function ScreeningDialog({
  onStart,
  onClose,
}: {
  readonly onStart: (input: RunInput) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('hits');
  const lexicons = useProcedure('lexicons.list', {});
  const [part, setPart] = useState(false);
  const [filter, setFilter] = useState(wholeArchive);
  const [lexiconIds, setLexiconIds] = useState<string[]>([]);
  const [again, setAgain] = useState(false);
  const usable = (lexicons.data ?? []).filter((lexicon) => lexicon.active && lexicon.published !== null);
  const chosen = usable.filter((lexicon) => lexiconIds.includes(lexicon.id)).map((lexicon) => lexicon.id);
  return (
    <Dialog
      title={t('scope.title')}
      okText={t('scope.start')}
      // An empty part would be the whole archive under another name.
      okButtonProps={{ disabled: part && isWhole(filter), 'data-first-focus': 'true' }}
      onCancel={onClose}
      onOk={() =>
        onStart({
          filter: part ? filter : wholeArchive,
          lexiconIds: chosen.length === 0 ? null : chosen,
          onlyNew: !again,
        })
      }
    >
      <Form layout="vertical">
        <Form.Item label={t('scope.messages')}>
          <Radio.Group
            value={part}
            onChange={(event) => setPart(event.target.value === true)}
            options={[
              { value: false, label: t('scope.whole') },
              { value: true, label: t('scope.part') },
            ]}
          />
        </Form.Item>
        {part && <PartOfArchive filter={filter} onChange={setFilter} />}
        <Form.Item label={t('scope.lexicons')} htmlFor="screening-lexicons">
          <Select
            id="screening-lexicons"
            mode="multiple"
            aria-label={t('scope.lexicons')}
            placeholder={t('scope.allLexicons')}
            value={lexiconIds}
            onChange={setLexiconIds}
            showSearch={{ optionFilterProp: 'label' }}
            options={usable.map((lexicon) => ({ value: lexicon.id as string, label: lexicon.name }))}
          />
        </Form.Item>
        <Form.Item extra={t('scope.againHint')}>
          <Checkbox checked={again} onChange={(event) => setAgain(event.target.checked)}>
            {t('scope.again')}
          </Checkbox>
        </Form.Item>
      </Form>
    </Dialog>
  );
}

function PartOfArchive({
  filter,
  onChange,
}: {
  readonly filter: RunFilterInput;
  readonly onChange: (filter: RunFilterInput) => void;
}) {
  const { t } = useTranslation('hits');
  const summary = useProcedure('archive.summary', {});
  const [typed, setTyped] = useState('');
  const conversations = useProcedure(
    'archive.conversations',
    { query: useSettled(typed), limit: 50 },
    { keepPrevious: true },
  );
  const set = (change: Partial<RunFilterInput>) => onChange({ ...filter, ...change });
  const { branches = [], kinds = [] } = summary.data ?? {};
  return (
    <div className={styles['scope']} role="group" aria-label={t('scope.part')}>
      <Select
        allowClear
        showSearch={{ filterOption: false, onSearch: setTyped }}
        aria-label={t('scope.conversation')}
        placeholder={t('scope.conversation')}
        value={filter.conversationId}
        onChange={(id: number | null | undefined) => set({ conversationId: id ?? null })}
        options={(conversations.data?.conversations ?? []).map((conversation) => ({
          value: Number(conversation.id),
          label: membersLine(conversation.members, conversation.memberCount, t('common:listSeparator')).names,
        }))}
      />
      <PersonSelect
        label={t('scope.person')}
        personId={filter.personId}
        onChange={(personId) => set({ personId })}
      />
      <Select
        allowClear
        showSearch
        aria-label={t('filter.branch')}
        placeholder={t('filter.branch')}
        value={filter.branch}
        onChange={(branch: string | null | undefined) => set({ branch: branch ?? null })}
        options={branches.map((branch) => ({ value: branch, label: branch }))}
      />
      <DayRange
        fromLabel={t('filter.from')}
        toLabel={t('filter.to')}
        value={filter}
        onChange={({ from, to }) => set({ from, to })}
      />
      <Select
        mode="multiple"
        maxTagCount="responsive"
        showSearch={{ optionFilterProp: 'label' }}
        aria-label={t('scope.kinds')}
        placeholder={t('scope.kinds')}
        value={filter.kinds ?? []}
        onChange={(chosen) => set({ kinds: chosen.length === 0 ? null : chosen })}
        options={kinds.map((kind) => ({
          value: kind,
          label: t(`archive:kind.${kind}`, { defaultValue: kind }),
        }))}
      />
    </div>
  );
}
