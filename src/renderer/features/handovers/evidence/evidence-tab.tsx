import { CheckCircleOutlined, MinusCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { type FeedKind, feedKinds } from '../../../../core/features/feeds/model.ts';
import { useCan, useProcedure } from '../../../api/hooks.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { Loading } from '../../../components/Loading.tsx';
import { OutsideText } from '../../../components/OutsideText.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../use-words.ts';
import styles from './evidence.module.css';

type File = ProcedureOutput<'handovers.evidence'>['files'][number];

/** Which imported files concern the handover, kind by kind, and what follows where a kind is missing. */
export function EvidenceTab({ handover }: { readonly handover: ProcedureOutput<'handovers.get'> }) {
  const { t } = useTranslation('handovers');
  const may = useCan();
  const evidence = useProcedure('handovers.evidence', { id: handover.id });
  if (evidence.isError) return <ErrorState error={evidence.error} onRetry={() => void evidence.refetch()} />;
  if (!evidence.data) return <Loading />;
  const byKind = Map.groupBy(evidence.data.files, ({ feed }) => feed);
  const missing = feedKinds.filter((kind) => !byKind.has(kind));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
    <div className={styles['evidence']} tabIndex={0} role="region" aria-label={t('tab.evidence')}>
      <p className={styles['quiet']}>
        {t('evidence.hint')} {may('archive:import') && <Link to="/imports">{t('overview.toImports')}</Link>}
      </p>
      {byKind.size > 0 && (
        <section aria-labelledby="evidence-present">
          <h2 id="evidence-present" className={styles['heading']}>
            {t('evidence.present')}
          </h2>
          <FilesTable files={evidence.data.files} linked={may('archive:read')} />
        </section>
      )}
      {missing.length > 0 && (
        <section aria-labelledby="evidence-missing">
          <h2 id="evidence-missing" className={styles['heading']}>
            {t(byKind.size === 0 ? 'evidence.none' : 'evidence.missing')}
          </h2>
          <ul className={styles['missing']}>
            {missing.map((kind) => (
              <MissingKind key={kind} kind={kind} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function FilesTable({ files, linked }: { readonly files: readonly File[]; readonly linked: boolean }) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const format = useFormat();
  return (
    <div className={styles['frame']}>
      <table className={styles['files']} aria-label={t('evidence.present')}>
        <thead>
          <tr>
            <th scope="col">{t('evidence.kind')}</th>
            <th scope="col">{t('evidence.file')}</th>
            <th scope="col">{t('evidence.records')}</th>
            <th scope="col">{t('evidence.period')}</th>
            <th scope="col">{t('evidence.importedAt')}</th>
          </tr>
        </thead>
        <tbody>
          {files.map((file, index) => (
            <tr key={`${file.feed} ${file.importId} ${file.name}`}>
              <th scope="row">
                {files[index - 1]?.feed === file.feed ? (
                  <span className="visually-hidden">{words.feed[file.feed]}</span>
                ) : (
                  <>
                    <CheckCircleOutlined aria-hidden="true" className={styles['present']} />{' '}
                    {words.feed[file.feed]}
                  </>
                )}
              </th>
              <td>
                {linked ? (
                  <Link to={`/imports/${file.importId}`}>
                    <OutsideText text={file.name} />
                  </Link>
                ) : (
                  <OutsideText text={file.name} />
                )}
              </td>
              <td className={styles['number']}>{format.number(file.facts)}</td>
              <td>
                {format.date(file.first) === format.date(file.last)
                  ? format.date(file.first)
                  : t('evidence.fromTo', { from: format.date(file.first), to: format.date(file.last) })}
              </td>
              <td>{format.dateTime(file.importedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MissingKind({ kind }: { readonly kind: FeedKind }) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  return (
    <li>
      <MinusCircleOutlined aria-hidden="true" />{' '}
      {t('evidence.missingLine', { kind: words.feed[kind], means: t(`evidence.without.${kind}`) })}
    </li>
  );
}
