import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { type FoldName, defaultFillers, mostFillers } from '../../../core/features/screening/model.ts';
import type { EntryOptions } from '../../../core/features/screening/rules/model.ts';
import { ExampleFields, ExemptionFields } from './entry-lists.tsx';
import { type EntryKind, entryKinds, foldsOf, scopeSize, withFold } from './entry-options.ts';
import type { FieldProblems } from './entry-problems.ts';
import { FoldChoices } from './fold-choices.tsx';
import styles from './lexicons.module.css';
import { ScopeFields } from './scope-fields.tsx';

/** Word, or which kind of rule. */
export function KindField({
  kind,
  onChange,
}: {
  readonly kind: EntryKind;
  readonly onChange: (kind: EntryKind) => void;
}) {
  const { t } = useTranslation('rules');
  const id = useId();
  return (
    <Form.Item label={t('kindLabel')} htmlFor={id} extra={t(`kind.${kind}.what`)}>
      <Select<EntryKind>
        id={id}
        value={kind}
        onChange={onChange}
        options={entryKinds.map((value) => ({ value, label: t(`kind.${value}.name`) }))}
      />
    </Form.Item>
  );
}

/** What most entries do without: each group folded away, with what is set in it said in its heading. */
export function MoreFields({
  options,
  lexiconFolds,
  kind,
  problems,
  set,
}: {
  readonly options: EntryOptions;
  readonly lexiconFolds: readonly FoldName[];
  readonly kind: EntryKind;
  readonly problems: FieldProblems;
  readonly set: (change: Partial<EntryOptions>) => void;
}) {
  const { t } = useTranslation('rules');
  const id = useId();
  const spelling =
    options.foldsOn.length +
    options.foldsOff.length +
    Number(options.wholeWord) +
    Number(options.fillers !== null) +
    Number(options.acrossSentences) +
    Number(options.initials);
  const folds = foldsOf(options, lexiconFolds);
  const hasProblem = (path: string) => [...problems.keys()].some((key) => key.startsWith(path));
  return (
    <div className={styles['sections']}>
      {kind !== 'pattern' && kind !== 'detector' && (
        <Section title={t('section.spelling')} hint={t('section.spellingHint')} count={spelling}>
          <FoldChoices
            on={folds}
            defaults={lexiconFolds}
            onToggle={(fold, on) => {
              const { foldsOn, foldsOff } = withFold(options, lexiconFolds, fold, on);
              set({ foldsOn, foldsOff });
            }}
          />
          <div className={styles['checks']}>
            <Checkbox
              checked={options.initials}
              disabled={!folds.has('pinyin')}
              onChange={(event) => set({ initials: event.target.checked })}
            >
              {t('spelling.initials')}
            </Checkbox>
            <Checkbox
              checked={options.wholeWord}
              onChange={(event) => set({ wholeWord: event.target.checked })}
            >
              {t('spelling.wholeWord')}
            </Checkbox>
            <Checkbox
              checked={options.acrossSentences}
              onChange={(event) => set({ acrossSentences: event.target.checked })}
            >
              {t('spelling.acrossSentences')}
            </Checkbox>
          </div>
          <div className={styles['fieldLine']}>
            <label htmlFor={`${id}-fillers`}>{t('spelling.fillers')}</label>
            <InputNumber
              id={`${id}-fillers`}
              min={0}
              max={mostFillers}
              precision={0}
              placeholder={String(defaultFillers)}
              value={options.fillers}
              onChange={(fillers) => set({ fillers })}
            />
          </div>
        </Section>
      )}
      <Section
        title={t('section.scope')}
        hint={t('section.scopeHint')}
        count={scopeSize(options.scope)}
        force={hasProblem('scope')}
      >
        <ScopeFields
          scope={options.scope}
          problem={problems.get('scope.hours')}
          onChange={(scope) => set({ scope })}
        />
      </Section>
      <Section
        title={t('section.exemptions')}
        hint={t('section.exemptionsHint')}
        count={options.notWhen.length}
        force={hasProblem('notWhen')}
      >
        <ExemptionFields
          value={options.notWhen}
          problems={problems}
          onChange={(notWhen) => set({ notWhen })}
        />
      </Section>
      <Section
        title={t('section.examples')}
        hint={t('section.examplesHint')}
        count={options.examples.length}
        force={hasProblem('examples')}
      >
        <ExampleFields
          value={options.examples}
          problems={problems}
          onChange={(examples) => set({ examples })}
        />
      </Section>
      <Section
        title={t('section.suggestion')}
        hint={t('section.suggestionHint')}
        count={options.suggestion === '' ? 0 : 1}
      >
        <Input.TextArea
          aria-label={t('section.suggestion')}
          rows={2}
          className={styles['grow'] ?? ''}
          maxLength={1000}
          value={options.suggestion}
          onChange={(event) => set({ suggestion: event.target.value })}
        />
      </Section>
    </div>
  );
}

/** A group of fields that opens on demand, and by itself where something in it is set or wrong. */
function Section({
  title,
  hint,
  count,
  force = false,
  children,
}: {
  readonly title: string;
  readonly hint: string;
  readonly count: number;
  readonly force?: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('rules');
  const [toggled, setToggled] = useState<boolean | null>(null);
  // What was set when the editor opened is in sight; later changes don't move the page under the reader's hand.
  const [atFirst] = useState(count > 0);
  const open = force || (toggled ?? atFirst);
  return (
    <details
      className={styles['section']}
      open={open}
      onToggle={(event) => setToggled(event.currentTarget.open)}
    >
      <summary>
        <span className={styles['sectionTitle']}>{title}</span>
        {count > 0 && <span className={styles['badge']}>{t('section.set', { count })}</span>}
      </summary>
      <p className={styles['quiet']}>{hint}</p>
      {children}
    </details>
  );
}
