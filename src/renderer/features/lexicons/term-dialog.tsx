import { AutoComplete, Button, Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureInput, ProcedureOutput } from '../../../core/contract/index.ts';
import { type Severity, maxTermLength, severities } from '../../../core/features/lexicons/model.ts';
import { useMutate } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import type { Term } from './term-pages.ts';
import { type Warning, Warnings } from './warnings.tsx';

type TermInput = ProcedureInput<'lexicons.saveTerm'>['term'];

interface TermDialogProps {
  readonly versionId: ProcedureOutput<'lexicons.versions'>[number]['id'];
  /** Null for a new one. */
  readonly term: Term | null;
  readonly categories: readonly string[];
  readonly onClose: () => void;
}

/** Adds a term to a draft or changes one. A new one leaves the dialog open for the next. */
export function TermDialog({ versionId, term, categories, onClose }: TermDialogProps) {
  const { t } = useTranslation('lexicons');
  const save = useMutate('lexicons.saveTerm', { toast: false });
  const [form] = Form.useForm<TermInput>();
  const [warnings, setWarnings] = useState<readonly Warning[]>([]);
  const [added, setAdded] = useState<string | null>(null);
  const submit = async () => {
    const values = await form.validateFields();
    save.mutate(
      { versionId, id: term?.id ?? null, term: values },
      {
        onSuccess: (answer) => {
          setWarnings(answer.warnings);
          if (term !== null && answer.warnings.length === 0) {
            onClose();
          } else if (term === null) {
            setAdded(answer.term.text);
            form.resetFields(['text', 'note']);
            form.focusField('text');
          }
        },
      },
    );
  };
  return (
    <Dialog
      title={t(term === null ? 'term.add' : 'term.edit')}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('common:close')}</Button>
          <Button type="primary" loading={save.isPending} onClick={() => void submit()}>
            {t(term === null ? 'term.saveAndNext' : 'common:save')}
          </Button>
        </>
      }
    >
      <Form<TermInput>
        form={form}
        name="term"
        layout="vertical"
        initialValues={
          term ?? {
            text: '',
            category: categories[0] ?? '',
            severity: 'medium' as Severity,
            basis: '',
            note: '',
            enabled: true,
          }
        }
        onFinish={() => void submit()}
      >
        <Form.Item
          name="text"
          label={t('term.text')}
          rules={[{ required: true, whitespace: true, message: t('term.textNeeded') }]}
        >
          <Input maxLength={maxTermLength} />
        </Form.Item>
        <Form.Item
          name="category"
          label={t('term.category')}
          rules={[{ required: true, whitespace: true, message: t('term.categoryNeeded') }]}
        >
          <AutoComplete options={categories.map((value) => ({ value }))} />
        </Form.Item>
        <Form.Item name="severity" label={t('term.severity')} rules={[{ required: true }]}>
          <Select options={severities.map((value) => ({ value, label: t(`common:severity.${value}`) }))} />
        </Form.Item>
        <Form.Item name="basis" label={t('term.basis')} extra={t('term.basisHint')}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
        <Form.Item name="note" label={t('term.note')}>
          <Input maxLength={1000} />
        </Form.Item>
        <Form.Item name="enabled" label={t('term.enabled')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </Form>
      <output aria-live="polite">{added !== null && t('term.added', { text: added })}</output>
      <Warnings warnings={warnings} />
      <ErrorAlert error={save.error} />
    </Dialog>
  );
}
