import { Form, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { type MaterialType, materialTypes } from '../../../core/features/reviews/material/model.ts';
import { useMutate } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import styles from './materials.module.css';
import { pathOfMaterial } from './paths.ts';

/** Begins a material of a type, and goes to its draft. */
export function CreateMaterialDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('materials');
  const navigate = useNavigate();
  const create = useMutate('materials.create', { toast: false });
  const [type, setType] = useState<MaterialType>('moments-post');
  return (
    <Dialog
      title={t('create')}
      okText={t('createOk')}
      confirmLoading={create.isPending}
      onCancel={onClose}
      onOk={() =>
        create.mutate(
          { type },
          {
            onSuccess: (material) => {
              onClose();
              void navigate(pathOfMaterial(material.id));
            },
          },
        )
      }
    >
      <Form layout="vertical">
        <Form.Item label={t('list.type')} extra={t('createHint')}>
          <Radio.Group
            className={styles['types'] ?? ''}
            value={type}
            onChange={(event) => setType(materialTypes.find((each) => each === event.target.value) ?? type)}
            options={materialTypes.map((each) => ({ value: each, label: t(`type.${each}`) }))}
          />
        </Form.Item>
      </Form>
      <ErrorAlert error={create.error} />
    </Dialog>
  );
}
