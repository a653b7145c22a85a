import { AutoComplete, Button, Checkbox, Form, Input, InputNumber, Select, Switch } from 'antd';
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureInput } from '../../../core/contract/index.ts';
import { type Severity, maxTermLength, severities } from '../../../core/features/lexicons/model.ts';
import { type FoldName, defaultFillers, mostFillers } from '../../../core/features/screening/model.ts';
import type { EntryOptions } from '../../../core/features/screening/rules/model.ts';
import type { ApiError } from '../../api/client.ts';
import { useMutate } from '../../api/hooks.ts';
import { SideDialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { ExampleFields, ExemptionFields } from './entry-lists.tsx';
import {
  type EntryKind,
  entryKinds,
  foldsOf,
  kindOf,
  newRule,
  plainOptions,
  scopeSize,
  withFold,
} from './entry-options.ts';
import { type FieldProblems, formProblems, placeHostProblems } from './entry-problems.ts';
import { useProblemWords } from './field-error.tsx';
import { FoldChoices } from './fold-choices.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import styles from './lexicons.module.css';
import type { VersionId } from './operand-field.tsx';
import { RuleFields } from './rule-fields.tsx';
import { ScopeFields } from './scope-fields.tsx';
import type { Term } from './term-pages.ts';
import { useEntryCheck } from './use-entry-check.ts';
import { type Warning, Warnings } from './warnings.tsx';

type PlainFields = Omit<ProcedureInput<'lexicons.saveTerm'>['term'], 'options'>;

export interface EntryEditorProps {
  readonly versionId: VersionId;
  /** The folds of the version: what the entry has unless it says otherwise. */
  readonly lexiconFolds: readonly FoldName[];
  /** Null for a new one. */
  readonly term: Term | null;
  readonly categories: readonly string[];
  readonly onClose: () => void;
}

/**
 * Adds an entry to a draft or changes one: a word, or a rule. A plain word takes the first fields alone; a new one leaves
 * the editor open for the next.
 */
export function EntryEditor({ versionId, lexiconFolds, term, categories, onClose }: EntryEditorProps) {
  const { t } = useTranslation('lexicons');
  const words = useProblemWords();
  const save = useMutate('lexicons.saveTerm', { toast: false });
  const [form] = Form.useForm<PlainFields>();
  const [options, setOptions] = useState<EntryOptions>(term?.options ?? plainOptions);
  const [asked, setAsked] = useState(false);
  const [warnings, setWarnings] = useState<readonly Warning[]>([]);
  const [added, setAdded] = useState<string | null>(null);
  const [changed, setChanged] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  // Counts the refusals: after each, the first field that is marked wrong is brought into sight.
  const [refusals, setRefusals] = useState(0);
  const text = Form.useWatch('text', form) ?? term?.text ?? '';
  const kind = kindOf(options);
  const missing = useMemo(() => formProblems(options), [options]);
  const found = useEntryCheck(versionId, term?.id ?? null, text, options);
  const refused = refusalOf(save.error);
  const placed = placeHostProblems(options, refused === null ? found : [refused]);
  // A blank field is no mistake before somebody wants to save it.
  const problems: FieldProblems = asked && missing.size > 0 ? missing : placed.fields;
  const noteChange = () => {
    setChanged(true);
    // What was refused is no longer what stands here.
    if (save.isError) save.reset();
  };
  const close = () => (changed ? setLeaving(true) : onClose());
  const set = (change: Partial<EntryOptions>) => {
    noteChange();
    setOptions((before) => ({ ...before, ...change }));
  };

  useEffect(() => {
    if (refusals === 0) return undefined;
    // The form marks its own fields a frame later, and a section that has to open is laid out by then.
    const timer = window.setTimeout(() => {
      const wrong = body.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
      wrong?.scrollIntoView({ block: 'center' });
      wrong?.focus({ preventScroll: true });
    }, 50);
    return () => window.clearTimeout(timer);
  }, [refusals]);

  const submit = async () => {
    setAsked(true);
    const values = await form.validateFields().catch(() => null);
    if (values === null || missing.size > 0) {
      setRefusals((before) => before + 1);
      return;
    }
    save.mutate(
      { versionId, id: term?.id ?? null, term: { ...values, options } },
      {
        onError: () => setRefusals((before) => before + 1),
        onSuccess: (answer) => {
          setWarnings(answer.warnings);
          setChanged(false);
          if (term !== null && answer.warnings.length === 0) {
            onClose();
          } else if (term === null) {
            setAdded(answer.term.text);
            setAsked(false);
            setOptions(plainOptions);
            // Not `resetFields`: it mounts the fields anew, and the focus would fall out of the dialog.
            form.setFieldsValue({ text: '', note: '' });
            form.focusField('text');
          }
        },
      },
    );
  };
  return (
    <SideDialog
      title={t(term === null ? 'term.add' : 'term.edit')}
      size={680}
      onClose={close}
      maskClosable={false}
      footer={
        <div className={styles['editorFooter']}>
          {/* What came of saving, beside the button: the end of a long form may be out of sight. */}
          <div className={styles['editorAnswer']}>
            {placed.rest.length > 0 && (
              <ul className={styles['fieldErrors']} aria-live="polite">
                {placed.rest.map((problem) => (
                  <li key={`${problem.kind} ${problem.detail}`}>{words({ from: 'host', ...problem })}</li>
                ))}
              </ul>
            )}
            {asked && missing.size > 0 && (
              <p className={styles['fieldError']} role="alert">
                {t('rules:problem.fillIn')}
              </p>
            )}
            <output aria-live="polite">{added !== null && t('term.added', { text: added })}</output>
            <Warnings warnings={warnings} />
            <ErrorAlert error={refused === null ? save.error : null} />
          </div>
          <Button onClick={close}>{t('common:close')}</Button>
          <Button type="primary" loading={save.isPending} onClick={() => void submit()}>
            {t(term === null ? 'term.saveAndNext' : 'common:save')}
          </Button>
        </div>
      }
    >
      <div ref={body}>
        <Form<PlainFields>
          form={form}
          name="term"
          layout="vertical"
          className={styles['editor'] ?? ''}
          initialValues={
            term ?? {
              text: '',
              category: '',
              severity: 'medium' satisfies Severity,
              basis: '',
              note: '',
              enabled: true,
            }
          }
          onValuesChange={noteChange}
          onFinish={() => void submit()}
        >
          <Form.Item
            name="text"
            label={t(kind === 'word' ? 'term.text' : 'rules:ruleName')}
            extra={kind === 'word' ? null : t('rules:ruleNameHint')}
            rules={[
              {
                required: true,
                whitespace: true,
                message: t(kind === 'word' ? 'term.textNeeded' : 'rules:ruleNameNeeded'),
              },
            ]}
          >
            <Input maxLength={maxTermLength} />
          </Form.Item>
          <KindField kind={kind} onChange={(next) => set({ rule: newRule(next) })} />
          {options.rule !== null && (
            <div className={styles['rule']}>
              <RuleFields
                rule={options.rule}
                onChange={(rule) => set({ rule })}
                versionId={versionId}
                entry={text}
                problems={problems}
              />
            </div>
          )}
          <div className={styles['pair']}>
            <Form.Item
              name="category"
              label={t('term.category')}
              rules={[{ required: true, whitespace: true, message: t('term.categoryNeeded') }]}
            >
              <AutoComplete options={categories.map((value) => ({ value }))} />
            </Form.Item>
            <Form.Item name="severity" label={t('term.severity')} rules={[{ required: true }]}>
              <Select
                options={severities.map((value) => ({ value, label: t(`common:severity.${value}`) }))}
              />
            </Form.Item>
          </div>
          <Form.Item name="basis" label={t('term.basis')} extra={t('term.basisHint')}>
            <Input.TextArea rows={2} className={styles['grow'] ?? ''} maxLength={1000} />
          </Form.Item>
          <Form.Item name="note" label={t('term.note')}>
            <Input maxLength={1000} />
          </Form.Item>
          <Form.Item name="enabled" label={t('term.enabled')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
        </Form>
        <Form layout="vertical" component="div" className={styles['editor'] ?? ''}>
          <MoreFields
            options={options}
            lexiconFolds={lexiconFolds}
            kind={kind}
            problems={problems}
            set={set}
          />
        </Form>
      </div>
      {leaving && (
        <LeaveDialog hint={t('rules:leave.hint')} onLeave={onClose} onStay={() => setLeaving(false)} />
      )}
    </SideDialog>
  );
}

/** Why the host did not take the entry, where it is about a rule's part: it is said at that field. */
function refusalOf(error: ApiError | null): { readonly kind: string; readonly detail: string } | null {
  if (error?.code !== 'lexicon-invalid') return null;
  const { kind, detail } = error.details;
  return typeof kind === 'string' && typeof detail === 'string' ? { kind, detail } : null;
}

function KindField({
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
function MoreFields({
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
