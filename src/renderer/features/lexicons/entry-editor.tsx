import { AutoComplete, Button, Form, Input, Select, Switch } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureInput } from '../../../core/contract/index.ts';
import { type Severity, maxTermLength, severities } from '../../../core/features/lexicons/model.ts';
import type { FoldName } from '../../../core/features/screening/model.ts';
import type { EntryOptions } from '../../../core/features/screening/rules/model.ts';
import type { ApiError } from '../../api/client.ts';
import { useMutate, useProcedure } from '../../api/hooks.ts';
import { SideDialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { ChangedMeanwhile, type Overtaken, overtakenBy } from './changed-meanwhile.tsx';
import { entryDifferences } from './entry-differences.ts';
import { KindField, MoreFields } from './entry-fields.tsx';
import { kindOf, newRule, plainOptions } from './entry-options.ts';
import { type FieldProblems, formProblems, placeHostProblems } from './entry-problems.ts';
import { useProblemWords } from './field-error.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import styles from './lexicons.module.css';
import type { VersionId } from './operand-field.tsx';
import { RuleFields } from './rule-fields.tsx';
import type { Term } from './term-pages.ts';
import { useEntryCheck } from './use-entry-check.ts';
import { type Warning, Warnings } from './warnings.tsx';

type PlainFields = Omit<ProcedureInput<'lexicons.saveTerm'>['term'], 'options'>;

const plainFields = {
  text: '',
  category: '',
  severity: 'medium' satisfies Severity,
  basis: '',
  note: '',
  enabled: true,
};

/** The state of the entry that is changed; null for a new one. */
type Base = Pick<Term, 'id' | 'revision'> | null;

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
  // What is changed: of what others save meanwhile, this form knows nothing before it is refused.
  const [base, setBase] = useState<Base>(term);
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
  const found = useEntryCheck(versionId, base?.id ?? null, text, options);
  const refused = refusalOf(save.error);
  const overtaken = overtakenBy(save.error);
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

  const submit = async (over: Base) => {
    setAsked(true);
    const values = await form.validateFields().catch(() => null);
    if (values === null || missing.size > 0) {
      setRefusals((before) => before + 1);
      return;
    }
    save.mutate(
      { versionId, id: over?.id ?? null, revision: over?.revision ?? null, term: { ...values, options } },
      {
        onError: () => setRefusals((before) => before + 1),
        onSuccess: (answer) => {
          setWarnings(answer.warnings);
          setChanged(false);
          if (term !== null) setBase(answer.term);
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
  const take = (theirs: Term) => {
    save.reset();
    setBase(theirs);
    setOptions(theirs.options);
    form.setFieldsValue(theirs);
    setChanged(false);
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
            {overtaken !== null && base !== null ? (
              <OvertakenEntry
                versionId={versionId}
                id={base.id}
                overtaken={overtaken}
                own={{ ...plainFields, ...form.getFieldsValue(), options }}
                pending={save.isPending}
                onOverwrite={(over) => void submit(over)}
                onTake={take}
                onLeave={onClose}
              />
            ) : (
              <ErrorAlert error={refused === null ? save.error : null} />
            )}
          </div>
          <Button onClick={close}>{t('common:close')}</Button>
          <Button type="primary" loading={save.isPending} onClick={() => void submit(base)}>
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
          initialValues={term ?? plainFields}
          onValuesChange={noteChange}
          onFinish={() => void submit(base)}
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

/** The entry as somebody else left it beside what stands in the form. */
function OvertakenEntry({
  versionId,
  id,
  overtaken,
  own,
  pending,
  onOverwrite,
  onTake,
  onLeave,
}: {
  readonly versionId: VersionId;
  readonly id: Term['id'];
  readonly overtaken: Overtaken;
  readonly own: Omit<Term, 'id' | 'key' | 'revision'>;
  readonly pending: boolean;
  readonly onOverwrite: (over: Base) => void;
  readonly onTake: (theirs: Term) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const { revision } = overtaken;
  const theirs = useProcedure('lexicons.term', { versionId, by: { id } }, { enabled: revision !== null });
  // An answer from before is no longer theirs.
  const current = theirs.data?.revision === revision ? theirs.data : null;
  return (
    <ChangedMeanwhile
      overtaken={overtaken}
      differences={current === null ? [] : entryDifferences(own, current).map((part) => t(part))}
      pending={pending}
      onOverwrite={() => onOverwrite(revision === null ? null : { id, revision })}
      onTake={revision === null ? onLeave : current === null ? null : () => onTake(current)}
    />
  );
}
