import { Form, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { WorkflowTemplateId } from '../../../core/contract/ids.ts';
import { useMutate } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { newStage } from './edit-template.ts';

/** Months for which an approval holds unless the template says otherwise. */
const usualValidity = 12;

/** Begins a template: its name; everything else is written in its draft. */
export function CreateTemplateDialog({
  onClose,
  onCreated,
}: {
  readonly onClose: () => void;
  readonly onCreated: (id: WorkflowTemplateId) => void;
}) {
  const { t } = useTranslation('templates');
  const id = useId();
  const [name, setName] = useState('');
  const [asked, setAsked] = useState(false);
  const create = useMutate('templates.create', { toast: false });
  const missing = asked && name.trim() === '';
  return (
    <Dialog
      title={t('new')}
      okText={t('common:create')}
      okButtonProps={{ loading: create.isPending }}
      onCancel={onClose}
      onOk={() => {
        setAsked(true);
        if (name.trim() === '') return;
        create.mutate(
          {
            content: {
              name,
              stages: [{ ...newStage([]), name: t('firstStage') }],
              validityMonths: usualValidity,
            },
          },
          { onSuccess: (template) => onCreated(template.id) },
        );
      }}
    >
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('name')}
          htmlFor={id}
          extra={t('newHint')}
          required
          {...(missing ? { validateStatus: 'error' as const, help: t('needed') } : {})}
        >
          <Input id={id} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </Form.Item>
        <ErrorAlert error={create.error} />
      </Form>
    </Dialog>
  );
}
