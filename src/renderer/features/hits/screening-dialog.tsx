import { Checkbox, Form, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useProcedure } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { PartOfArchive } from './part-of-archive.tsx';
import { isWhole, wholeArchive } from './run-filter.ts';
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
