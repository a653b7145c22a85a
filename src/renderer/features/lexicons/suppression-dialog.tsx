import 'dayjs/locale/zh-cn';

import { DatePicker, Form, Input } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Scope } from '../../../core/features/screening/rules/model.ts';
import { useMutate } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { endOfDay } from '../../format.ts';
import { useTimeZone } from '../../use-format.ts';
import { anyScope, plainOptions } from './entry-options.ts';
import { formProblems } from './entry-problems.ts';
import styles from './lexicons.module.css';
import { PhrasesInput } from './phrases-input.tsx';
import { ScopeFields } from './scope-fields.tsx';

interface Fields {
  readonly phrase: string;
  readonly terms: string[];
  readonly reason: string;
  readonly until: dayjs.Dayjs | null;
}

/** Lets a phrase through for a time: for whom, why, and until when. */
export function SuppressionDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('suppressions');
  const timeZone = useTimeZone();
  const add = useMutate('lexicons.addSuppression', { toast: false });
  const [form] = Form.useForm<Fields>();
  const [scope, setScope] = useState<Scope>(anyScope);
  const [asked, setAsked] = useState(false);
  const scopeProblem = formProblems({ ...plainOptions, scope }).get('scope.hours');
  const submit = async () => {
    setAsked(true);
    const values = await form.validateFields().catch(() => null);
    if (values === null || values.until === null || scopeProblem) return;
    const { phrase, terms, reason, until } = values;
    add.mutate(
      {
        suppression: { phrase: phrase.trim(), terms, scope },
        reason: reason.trim(),
        expiresAt: endOfDay(until.format('YYYY-MM-DD'), timeZone),
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog
      title={t('add')}
      okText={t('common:save')}
      okButtonProps={{ loading: add.isPending }}
      width={620}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        name="suppression"
        layout="vertical"
        initialValues={{ phrase: '', terms: [], reason: '', until: null }}
        onFinish={() => void submit()}
      >
        <Form.Item
          name="phrase"
          label={t('phrase')}
          extra={t('phraseHint')}
          rules={[{ required: true, whitespace: true, message: t('phraseNeeded') }]}
        >
          <Input.TextArea rows={2} className={styles['grow'] ?? ''} maxLength={2000} />
        </Form.Item>
        <TermsItem label={t('terms')} hint={t('termsHint')} placeholder={t('allTerms')} />
        <Form.Item
          name="reason"
          label={t('reason')}
          rules={[{ required: true, whitespace: true, message: t('reasonNeeded') }]}
        >
          <Input.TextArea rows={1} className={styles['grow'] ?? ''} maxLength={1000} />
        </Form.Item>
        <Form.Item
          name="until"
          label={t('expiresAt')}
          extra={t('expiresHint')}
          rules={[{ required: true, message: t('expiresNeeded') }]}
        >
          <DatePicker
            format="YYYY-MM-DD"
            // The host takes two years and no more: whoever still needs it then says so again.
            maxDate={dayjs().add(2, 'year').subtract(1, 'day')}
            disabledDate={(day) => day.isBefore(dayjs().startOf('day'))}
          />
        </Form.Item>
        <details className={styles['section']}>
          <summary>
            <span className={styles['sectionTitle']}>{t('rules:section.scope')}</span>
          </summary>
          <ScopeFields scope={scope} onChange={setScope} problem={asked ? scopeProblem : undefined} />
        </details>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </Form>
      <ErrorAlert error={add.error} />
    </Dialog>
  );
}

function TermsItem({
  label,
  hint,
  placeholder,
}: {
  readonly label: string;
  readonly hint: string;
  readonly placeholder: string;
}) {
  return (
    <Form.Item name="terms" label={label} extra={hint}>
      <TermsInput label={label} placeholder={placeholder} />
    </Form.Item>
  );
}

const noPhrases: readonly string[] = [];
const ignore = () => undefined;

/** What `Form.Item` fills in: the value, its change and the id that the label names. */
function TermsInput({
  id,
  value = noPhrases,
  onChange = ignore,
  ...rest
}: {
  readonly id?: string;
  readonly value?: readonly string[];
  readonly onChange?: (value: string[]) => void;
  readonly label: string;
  readonly placeholder: string;
}) {
  return <PhrasesInput {...rest} {...(id === undefined ? {} : { id })} value={value} onChange={onChange} />;
}
