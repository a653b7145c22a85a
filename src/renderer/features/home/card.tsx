import { useId, type ReactNode } from 'react';

import styles from './home.module.css';

export interface CardProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Card({ title, wide = false, children }: CardProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={wide ? `${styles['card']} ${styles['wide']}` : styles['card']}>
      <h2 id={id} className={styles['heading']}>
        {title}
      </h2>
      {children}
    </section>
  );
}
