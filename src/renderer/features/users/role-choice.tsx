import { Checkbox, Form } from 'antd';
import { useTranslation } from 'react-i18next';

import { roles } from '../../../core/features/users/model.ts';
import styles from './users.module.css';

/** The five roles, each with what it may do. Field `roles`. */
export function RoleChoice() {
  const { t } = useTranslation('users');
  return (
    <Form.Item
      name="roles"
      label={t('roles')}
      rules={[
        {
          // Not `required`: that sets aria-required, which a group may not have.
          validator: (_rule, chosen: readonly string[]) =>
            chosen.length > 0 ? Promise.resolve() : Promise.reject(new Error(t('rolesRequired'))),
        },
      ]}
    >
      <Checkbox.Group
        className={styles['roles'] ?? ''}
        options={roles.map((role) => ({
          value: role,
          label: (
            <span>
              {t(`common:role.${role}`)}
              <span className={styles['secondary']}>{t(`roleMay.${role}`)}</span>
            </span>
          ),
        }))}
      />
    </Form.Item>
  );
}
