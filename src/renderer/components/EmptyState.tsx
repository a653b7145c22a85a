import { InboxOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';

import styles from './EmptyState.module.css';

export interface EmptyStateProps {
  readonly title: string;
  /** What to do next. */
  readonly description?: ReactNode;
  readonly icon?: ReactNode;
  readonly action?: ReactNode | undefined;
}

/** In place of a list with nothing in it: says why, and what to do next. */
export function EmptyState({ title, description, icon, action }: EmptyStateProps) {
  return (
    <div className={styles['empty']}>
      <div className={styles['icon']} aria-hidden="true">
        {icon ?? <InboxOutlined />}
      </div>
      <p className={styles['title']}>{title}</p>
      {description !== undefined && <p className={styles['description']}>{description}</p>}
      {action !== undefined && <div className={styles['action']}>{action}</div>}
    </div>
  );
}
