import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useProcedure } from '../../api/hooks.ts';
import { useFormat } from '../../use-format.ts';
import { titleOf } from '../imports/import-title.ts';
import { Card } from './card.tsx';
import styles from './home.module.css';

const shown = 3;

/** The latest imports that could not read everything; nothing when all were clean. */
export function QuarantineCard() {
  const { t } = useTranslation('home');
  const format = useFormat();
  const imports = useProcedure('archive.imports', {});
  const incomplete = (imports.data ?? []).filter(
    (entry) => entry.quarantined > 0 || entry.state === 'failed' || entry.state === 'interrupted',
  );
  if (incomplete.length === 0) return null;
  return (
    <Card title={t('quarantine.title')}>
      <ul className={styles['list']}>
        {incomplete.slice(0, shown).map((entry) => (
          <li key={entry.id}>
            <Link to={`/imports/${entry.id}`}>{titleOf(entry)}</Link>
            <span className={styles['secondary']}>
              {entry.quarantined > 0
                ? t('quarantine.entries', { number: format.number(entry.quarantined) })
                : t(`common:state.${entry.state}`)}
            </span>
          </li>
        ))}
      </ul>
      {incomplete.length > shown && <Link to="/imports">{t('quarantine.all')}</Link>}
    </Card>
  );
}
