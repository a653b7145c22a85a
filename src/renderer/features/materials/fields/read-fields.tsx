import { useTranslation } from 'react-i18next';

import type { MaterialContent } from '../../../../core/features/reviews/material/contract.ts';
import { OutsideText } from '../../../components/OutsideText.tsx';
import { useFormat } from '../../../use-format.ts';
import { ReadingState } from '../reading-state.tsx';
import styles from './read-fields.module.css';

/** Everything that a material says beside its text, to be read. */
export function ReadFields({ content }: { readonly content: MaterialContent }) {
  const { t } = useTranslation('materials');
  const format = useFormat();
  const { fields } = content;
  const list = (values: readonly string[]) => values.join(t('common:listSeparator'));
  const rows: readonly (readonly [name: string, value: string])[] = [
    [t('field.channels'), list(fields.channels.map((channel) => t(`channel.${channel}`)))],
    [t('field.audience'), fields.audience],
    [t('field.productName'), fields.productName],
    [t('field.productType'), fields.productType === null ? '' : t(`productType.${fields.productType}`)],
    [t('field.validFrom'), fields.validFrom ?? ''],
    [t('field.validUntil'), fields.validUntil ?? ''],
    [t('field.landingUrl'), fields.landingUrl],
    [t('field.branch'), fields.branch],
    [t('field.campaign'), fields.campaign],
    [t('field.chartSource'), fields.chartSource],
    ...fields.facts.map((fact): [string, string] => [
      `${t(`factKind.${fact.kind}`)} ${fact.label}`.trim(),
      fact.value,
    ]),
    ...fields.sources.map((source): [string, string] => [
      t('field.sources'),
      [source.name, source.day ?? '', source.url].filter(Boolean).join(' '),
    ]),
  ];
  const filled = rows.filter(([, value]) => value !== '');
  return (
    <>
      {filled.length > 0 && (
        <dl className={styles['fields']}>
          {filled.map(([name, value], index) => (
            // Names may repeat; the rows of one content stay in their order.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={index}>
              <dt>{name}</dt>
              <dd>
                <OutsideText text={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {content.attachments.length > 0 && (
        <section aria-label={t('attachments.title')} className={styles['files']}>
          <h3>{t('attachments.title')}</h3>
          <ul>
            {content.attachments.map((file, index) => (
              // The same file may be attached twice under two names.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index}>
                <OutsideText text={file.name} /> {format.bytes(file.size)}{' '}
                <code title={file.blobId}>SHA-256 {file.blobId.slice(0, 12)}…</code>{' '}
                <ReadingState blobId={file.blobId} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
