import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { WorkflowTemplateId } from '../../../core/contract/ids.ts';
import { ApiError } from '../../api/client.ts';
import { useCan, useProcedure } from '../../api/hooks.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { TemplateEditor } from './template-editor.tsx';
import { contentOf } from './template-list.tsx';
import { TemplateNav } from './template-nav.tsx';
import { TemplateReading } from './template-reading.tsx';
import styles from './templates.module.css';
import { VersionsSection } from './versions-section.tsx';

/** One template: what is being written for those who manage reviews, what holds for everybody else, and what held before. */
export function TemplateScreen({
  id,
  versions,
}: {
  readonly id: WorkflowTemplateId;
  readonly versions: boolean;
}) {
  const { t } = useTranslation('templates');
  const manages = useCan()('reviews:manage');
  const templates = useProcedure('templates.list', {});
  const template = templates.data?.find((each) => each.id === id);
  if (template === undefined) {
    const missing = new ApiError('not-found', 'There is no such template.');
    return (
      <Page title={t('title')} actions={<Link to="/templates">{t('toList')}</Link>}>
        {templates.isPending ? (
          <Loading />
        ) : (
          <ErrorState error={templates.error ?? missing} onRetry={() => void templates.refetch()} />
        )}
      </Page>
    );
  }
  const content = contentOf(template);
  if (manages && !versions) {
    return <TemplateEditor template={template} onRefetch={() => void templates.refetch()} />;
  }
  return (
    <Page
      title={content?.name ?? t('title')}
      description={<TemplateNav template={template} versions={versions} />}
    >
      {versions ? (
        <VersionsSection id={id} />
      ) : (
        content !== null && (
          <div className={styles['card']}>
            <TemplateReading content={content} />
          </div>
        )
      )}
    </Page>
  );
}
