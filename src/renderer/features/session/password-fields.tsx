import { CheckCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

import { minimumPasswordLength, passwordProblems } from '../../../core/features/users/password-rules.ts';
import styles from './session.module.css';

export interface PasswordFieldsProps {
  readonly label: string;
  readonly againLabel: string;
  /** Names that the password may not hold. */
  readonly names: readonly string[];
}

/** A new password twice, with the rules it must meet ticked off as it is typed. Fields `password` and `again`. */
export function PasswordFields({ label, againLabel, names }: PasswordFieldsProps) {
  const { t } = useTranslation('session');
  const form = Form.useFormInstance<{ password?: string }>();
  const typed = Form.useWatch('password', form) ?? '';
  const problems = passwordProblems(typed, names);
  const rules = [
    { id: 'length', met: !problems.includes('too-short') },
    { id: 'name', met: typed !== '' && !problems.includes('contains-name') },
    {
      id: 'guessable',
      met: typed !== '' && !problems.some((problem) => ['repeated', 'sequence', 'common'].includes(problem)),
    },
  ] as const;

  return (
    <>
      <Form.Item
        name="password"
        label={label}
        validateTrigger="onBlur"
        rules={[
          { required: true, message: t('password.required') },
          {
            validator: (_rule, value: string | undefined) =>
              value && passwordProblems(value, names).length > 0
                ? Promise.reject(new Error(t('password.weak')))
                : Promise.resolve(),
          },
        ]}
      >
        <Input.Password autoComplete="new-password" aria-describedby="password-rules" />
      </Form.Item>
      <ul id="password-rules" className={styles['rules']} aria-label={t('password.rules.label')}>
        {rules.map((rule) => (
          <li key={rule.id} data-met={rule.met}>
            {rule.met ? <CheckCircleOutlined aria-hidden /> : <MinusCircleOutlined aria-hidden />}
            <span>
              {t(`password.rules.${rule.id}`, { count: minimumPasswordLength })}
              <span className="visually-hidden">
                {' '}
                ({t(rule.met ? 'password.rules.met' : 'password.rules.unmet')})
              </span>
            </span>
          </li>
        ))}
      </ul>
      <Form.Item
        name="again"
        label={againLabel}
        dependencies={['password']}
        validateTrigger="onBlur"
        rules={[
          { required: true, message: t('password.required') },
          ({ getFieldValue }) => ({
            validator: (_rule, value: string | undefined) =>
              !value || value === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error(t('password.mismatch'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
