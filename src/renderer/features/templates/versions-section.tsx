import { Collapse } from 'antd';
import { useTranslation } from 'react-i18next';

import type { WorkflowTemplateId } from '../../../core/contract/ids.ts';
import { useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { useFormat } from '../../use-format.ts';
import { TemplateReading } from './template-reading.tsx';

/** Every published version with what it says; running reviews keep the one that they began with. */
export function VersionsSection({ id }: { readonly id: WorkflowTemplateId }) {
  const { t } = useTranslation('templates');
  const format = useFormat();
  const versions = useProcedure('templates.versions', { id });
  if (versions.isError) {
    return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />;
  }
  if (!versions.data) return <Loading />;
  const [newest] = versions.data;
  if (newest === undefined) {
    return <EmptyState title={t('versionsNone')} description={t('versionsNoneHint')} />;
  }
  return (
    <Collapse
      defaultActiveKey={[newest.id]}
      items={versions.data.map((version) => ({
        key: version.id,
        label: t('versionLine', {
          number: version.number,
          by: version.publishedBy,
          time: format.dateTime(version.publishedAt),
          hash: version.contentHash.slice(0, 8),
        }),
        children: <TemplateReading content={version.content} />,
      }))}
    />
  );
}
