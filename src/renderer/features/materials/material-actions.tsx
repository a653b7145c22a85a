import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { GrowingText } from '../../components/GrowingText.tsx';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useMutate } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { pathOfMaterial } from './paths.ts';

/** Copy a material, or take it out of use. */
export function MaterialActions({ material }: { readonly material: ProcedureOutput<'materials.get'> }) {
  const { t } = useTranslation('materials');
  const navigate = useNavigate();
  const mayEdit = useCan()('materials:edit');
  const copy = useMutate('materials.create');
  const retire = useMutate('materials.retire', { toast: false });
  const [retiring, setRetiring] = useState(false);
  const [reason, setReason] = useState('');
  if (!mayEdit) return null;
  return (
    <>
      <Button
        loading={copy.isPending}
        onClick={() =>
          copy.mutate(
            { type: material.type, copyOf: { id: material.id } },
            { onSuccess: ({ id }) => void navigate(pathOfMaterial(id)) },
          )
        }
      >
        {t('copy')}
      </Button>
      {material.retired === null && <Button onClick={() => setRetiring(true)}>{t('retire.open')}</Button>}
      {retiring && (
        <Dialog
          title={t('retire.title')}
          okText={t('retire.ok')}
          okButtonProps={{ danger: true, disabled: reason.trim() === '' }}
          confirmLoading={retire.isPending}
          onCancel={() => setRetiring(false)}
          onOk={() =>
            retire.mutate({ id: material.id, reason: reason.trim() }, { onSuccess: () => setRetiring(false) })
          }
        >
          <p>{t('retire.hint')}</p>
          <Form layout="vertical">
            <Form.Item label={t('retire.reason')} htmlFor="retire-reason" required>
              <GrowingText
                id="retire-reason"
                value={reason}
                maxLength={4_000}
                onChange={(event) => setReason(event.target.value)}
              />
            </Form.Item>
          </Form>
          <ErrorAlert error={retire.error} />
        </Dialog>
      )}
    </>
  );
}
