import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { MaterialId } from '../../../core/contract/ids.ts';
import { useProcedure } from '../../api/hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useFormat } from '../../use-format.ts';
import { DraftEditor } from './draft-editor.tsx';
import styles from './material.module.css';
import { MaterialActions } from './material-actions.tsx';
import { type MaterialSection, materialSections, pathOfMaterial } from './paths.ts';
import { VersionsSection } from './versions-section.tsx';

/** One material: its draft, and what became of it. */
export function MaterialScreen({
  id,
  section,
}: {
  readonly id: MaterialId;
  readonly section: MaterialSection;
}) {
  const { t } = useTranslation('materials');
  const format = useFormat();
  const material = useProcedure('materials.get', { id });
  // The keeper holds what is typed: a refetch must not begin it anew.
  const draft = useProcedure('materials.draft', { id }, { staleTime: Infinity });
  const title = material.data?.title === '' ? t('untitled') : (material.data?.title ?? t('title'));
  return (
    <Page
      fill
      title={title}
      description={
        material.data && (
          <>
            <Link to="/materials">{t('title')}</Link> / {t(`type.${material.data.type}`)}{' '}
            <StateTag state={material.data.state} />{' '}
            {material.data.latest !== null &&
              t('versionLine', {
                number: material.data.latest.number,
                name: material.data.latest.createdBy.name,
                time: format.dateTime(material.data.latest.createdAt),
              })}
            {material.data.retired !== null &&
              t('retiredLine', {
                name: material.data.retired.by.name,
                time: format.dateTime(material.data.retired.at),
                reason: material.data.retired.reason,
              })}
          </>
        )
      }
      actions={material.data && <MaterialActions material={material.data} />}
    >
      {material.isError || draft.isError ? (
        <ErrorState
          error={material.error ?? draft.error}
          onRetry={() => {
            void material.refetch();
            void draft.refetch();
          }}
        />
      ) : !material.data || !draft.data ? (
        <Loading />
      ) : (
        <div className={styles['screen']}>
          <nav className={styles['tabs']} aria-label={t('sections')}>
            {materialSections.map((each) => (
              <Link
                key={each}
                to={pathOfMaterial(id, each)}
                aria-current={each === section ? 'page' : undefined}
              >
                {t(`section.${each}`)}
              </Link>
            ))}
          </nav>
          {section === 'edit' ? (
            <DraftEditor key={id} material={material.data} draft={draft.data} />
          ) : (
            <VersionsSection material={material.data} />
          )}
        </div>
      )}
    </Page>
  );
}
