import { Form, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { UserId } from '../../../core/contract/ids.ts';
import { type DecidingRole, decidingRoles } from '../../../core/features/reviews/templates/model.ts';
import { useProcedure } from '../../api/hooks.ts';
import type { Stage } from './edit-template.ts';
import styles from './templates.module.css';

type People = Stage['escalateTo'];

/** Roles, and people by name. */
export function PeopleFields({
  people,
  onChange,
}: {
  readonly people: People;
  readonly onChange: (people: People) => void;
}) {
  const { t } = useTranslation('templates');
  const id = useId();
  const reviewers = useProcedure('reviews.reviewers', {});
  const known = (reviewers.data ?? []).map((person) => ({
    value: person.id,
    label: person.branch === '' ? person.name : `${person.name} · ${person.branch}`,
  }));
  // Named once, and no reviewer any more: it can be seen, and taken away.
  const gone = reviewers.data
    ? people.users.filter((user) => !known.some(({ value }) => value === user))
    : [];
  return (
    <div className={styles['pair']}>
      <Form.Item label={t('roles')} htmlFor={`${id}-roles`}>
        <Select<DecidingRole[]>
          id={`${id}-roles`}
          mode="multiple"
          value={people.roles}
          placeholder={t('common:none')}
          options={decidingRoles.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
          onChange={(roles) => onChange({ users: people.users, roles })}
        />
      </Form.Item>
      <Form.Item label={t('users')} htmlFor={`${id}-users`}>
        <Select<UserId[]>
          id={`${id}-users`}
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          loading={reviewers.isPending}
          value={people.users}
          placeholder={t('common:none')}
          options={[...known, ...gone.map((user) => ({ value: user, label: t('unknownPerson') }))]}
          onChange={(users) => onChange({ users, roles: people.roles })}
        />
      </Form.Item>
    </div>
  );
}
