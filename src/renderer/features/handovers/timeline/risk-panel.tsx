import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { findingTitle } from '../../../../core/features/handovers/timeline/model.ts';
import { usePreferences } from '../../../preferences.ts';
import { useFormat } from '../../../use-format.ts';
import { RiskTag } from '../risk-tag.tsx';
import styles from './timeline.module.css';

/** The risk, and how it adds up from the kinds of signs. */
export function RiskPanel({ risk }: { readonly risk: ProcedureOutput<'handovers.timeline'>['risk'] }) {
  const { t } = useTranslation('handovers');
  const { language } = usePreferences();
  const format = useFormat();
  // Where the score is near its end, further kinds add nothing to it: the findings below name them.
  const adding = risk.parts.filter(({ adds }) => adds > 0);
  const further = risk.parts.filter(({ adds }) => adds <= 0);
  const count = (parts: typeof risk.parts) => format.number(parts.reduce((sum, part) => sum + part.count, 0));
  return (
    <section className={styles['risk']} aria-label={t('overview.risk')}>
      <p className={styles['riskLine']}>
        <strong>{t('overview.risk')}</strong> <RiskTag score={risk.score} />
        <span className={styles['quiet']}>{t('timeline.riskHint')}</span>
      </p>
      {risk.parts.length > 0 && (
        <table className={styles['parts']} aria-label={t('timeline.riskParts')}>
          <thead>
            <tr>
              <th scope="col">{t('timeline.sign')}</th>
              <th scope="col">{t('timeline.findingCount')}</th>
              <th scope="col">{t('timeline.adds')}</th>
            </tr>
          </thead>
          <tbody>
            {adding.map((part) => (
              <tr key={part.kind}>
                <th scope="row">{findingTitle(part.kind, language)}</th>
                <td>{format.number(part.count)}</td>
                <td>+{format.number(part.adds)}</td>
              </tr>
            ))}
            {further.length > 0 && (
              <tr>
                <th scope="row">
                  {t('timeline.furtherSigns', {
                    count: further.length,
                    number: format.number(further.length),
                  })}
                </th>
                <td>{count(further)}</td>
                <td>+0</td>
              </tr>
            )}
            <tr className={styles['sum']}>
              <th scope="row">{t('timeline.sum')}</th>
              <td>{count(risk.parts)}</td>
              <td>{format.number(risk.score)}</td>
            </tr>
          </tbody>
        </table>
      )}
    </section>
  );
}
