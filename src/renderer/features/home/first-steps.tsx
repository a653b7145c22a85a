import { BookOutlined, FlagOutlined, ImportOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useCan } from '../../api/hooks.ts';
import { Card } from './card.tsx';
import styles from './home.module.css';

const steps = [
  { id: 'import', to: '/imports', permission: 'archive:import', icon: <ImportOutlined /> },
  { id: 'lexicons', to: '/lexicons', permission: 'lexicons:read', icon: <BookOutlined /> },
  { id: 'screen', to: '/hits', permission: 'hits:read', icon: <FlagOutlined /> },
] as const;

/** A workspace with nothing in it yet: the way from here to the first decision. */
export function FirstSteps() {
  const { t } = useTranslation('home');
  const can = useCan();
  return (
    <Card title={t('steps.title')} wide>
      <ol className={styles['steps']}>
        {steps.map(({ id, to, permission, icon }) => (
          <li key={id}>
            <span className={styles['stepIcon']} aria-hidden="true">
              {icon}
            </span>
            <div>
              <h3 className={styles['stepTitle']}>{t(`steps.${id}.title`)}</h3>
              <p className={styles['secondary']}>{t(`steps.${id}.description`)}</p>
              {can(permission) && <Link to={to}>{t(`steps.${id}.action`)}</Link>}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
