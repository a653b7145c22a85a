import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useMutate } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';

type Lexicon = ProcedureOutput<'lexicons.list'>[number];

/** Names a new lexicon, or renames one. */
export function LexiconDialog({
  lexicon,
  onSaved,
  onClose,
}: {
  readonly lexicon: Lexicon | null;
  readonly onSaved: (lexicon: Lexicon) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('lexicons');
  const create = useMutate('lexicons.create', { toast: false });
  const update = useMutate('lexicons.update', { toast: false });
  const [form] = Form.useForm<{ name: string; description: string }>();
  const submit = async () => {
    const values = await form.validateFields();
    const done = {
      onSuccess: (saved: Lexicon) => {
        onSaved(saved);
        onClose();
      },
    };
    if (lexicon === null) create.mutate(values, done);
    else update.mutate({ id: lexicon.id, active: lexicon.active, ...values }, done);
  };
  return (
    <Dialog
      title={t(lexicon === null ? 'new' : 'rename')}
      okText={t('common:save')}
      okButtonProps={{ loading: create.isPending || update.isPending }}
      onOk={() => void submit()}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="lexicon"
        layout="vertical"
        initialValues={{ name: lexicon?.name ?? '', description: lexicon?.description ?? '' }}
        onFinish={() => void submit()}
      >
        <Form.Item
          name="name"
          label={t('name')}
          rules={[{ required: true, whitespace: true, message: t('nameNeeded') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="description" label={t('descriptionLabel')}>
          <Input.TextArea rows={3} maxLength={4000} />
        </Form.Item>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </Form>
      <ErrorAlert error={create.error ?? update.error} />
    </Dialog>
  );
}
