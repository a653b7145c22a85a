import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Popconfirm, Switch, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useMutate, useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Page } from '../../components/Page.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { CreateTemplateDialog } from './create-template-dialog.tsx';
import type { Content } from './edit-template.ts';
import { useTemplateWords } from './template-words.ts';
import styles from './templates.module.css';

export type Template = ProcedureOutput<'templates.list'>[number];

/** What reviews go by now; of one that was never published, what is being written. */
export function contentOf(template: Template): Content | null {
  return template.published?.content ?? template.draft;
}

/** All templates: what each is for, its stages, and how many reviews run by it. */
export function TemplateList() {
  const { t } = useTranslation('templates');
  const { message } = App.useApp();
  const words = useTemplateWords();
  const navigate = useNavigate();
  const manages = useCan()('reviews:manage');
  const templates = useProcedure('templates.list', {});
  const addStarters = useMutate('templates.addStarters');
  const [creating, setCreating] = useState(false);
  useShortcuts([{ keys: 'n', label: t('new'), disabled: !manages, run: () => setCreating(true) }]);

  const columns: TableColumnsType<Template> = [
    {
      title: t('name'),
      render: (_value, template) => {
        const content = contentOf(template);
        return (
          <div className={styles['nameCell']}>
            <Link to={`/templates/${template.id}`}>{content?.name}</Link>
            {content !== null && content.description !== '' && (
              <span className={styles['secondary']}>{content.description}</span>
            )}
          </div>
        );
      },
    },
    {
      title: t('appliesTo'),
      render: (_value, template) => {
        const content = contentOf(template);
        return content === null ? null : <div className={styles['wide']}>{words.appliesTo(content)}</div>;
      },
    },
    {
      title: t('stages'),
      render: (_value, template) => {
        const content = contentOf(template);
        return content === null ? null : <div className={styles['wide']}>{words.stages(content)}</div>;
      },
    },
    {
      title: t('state'),
      render: (_value, template) => (
        <div className={styles['states']}>
          {template.published !== null && (
            <span>{t('publishedVersion', { number: template.published.number })}</span>
          )}
          {template.draft !== null && <StateTag state="draft" />}
        </div>
      ),
    },
    {
      title: t('running'),
      align: 'end',
      className: styles['narrow'] ?? '',
      render: (_value, template) => template.runningReviews,
    },
    {
      title: t('active'),
      className: styles['narrow'] ?? '',
      render: (_value, template) => <ActiveSwitch template={template} editable={manages} />,
    },
  ];

  const starters = manages && (
    <Button
      loading={addStarters.isPending}
      onClick={() => {
        const before = templates.data?.length ?? 0;
        addStarters.mutate(
          {},
          {
            onSuccess: (after) =>
              void message.info(
                after.length > before
                  ? t('startersAdded', { count: after.length - before })
                  : t('startersThere'),
              ),
          },
        );
      }}
    >
      {t('addStarters')}
    </Button>
  );
  const create = manages && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
      {t('new')}
    </Button>
  );
  const empty = templates.data?.length === 0;
  return (
    <Page
      title={t('title')}
      description={t('description')}
      actions={
        !empty && (
          <>
            {starters}
            {create}
          </>
        )
      }
    >
      {templates.isError ? (
        <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />
      ) : empty ? (
        <EmptyState
          title={t('empty')}
          description={t(manages ? 'emptyHint' : 'emptyHintRead')}
          action={
            manages && (
              <>
                {starters} {create}
              </>
            )
          }
        />
      ) : (
        <Table<Template>
          rowKey="id"
          size="small"
          loading={templates.isPending}
          columns={columns}
          dataSource={templates.data ?? []}
          pagination={false}
        />
      )}
      {creating && (
        <CreateTemplateDialog
          onClose={() => setCreating(false)}
          onCreated={(id) => void navigate(`/templates/${id}`)}
        />
      )}
    </Page>
  );
}

export function ActiveSwitch({
  template,
  editable,
}: {
  readonly template: Template;
  readonly editable: boolean;
}) {
  const { t } = useTranslation('templates');
  const setActive = useMutate('templates.setActive');
  const { active } = template;
  const name = contentOf(template)?.name ?? '';
  return (
    <Popconfirm
      // What new reviews go by changes for everybody: no switch to slip on.
      title={t(active ? 'switchOff.question' : 'switchOn.question', { name })}
      description={t(active ? 'switchOff.hint' : 'switchOn.hint')}
      okText={t(active ? 'switchOff.ok' : 'switchOn.ok')}
      styles={{ root: { maxWidth: 360 } }}
      disabled={!editable}
      onConfirm={() => setActive.mutate({ id: template.id, active: !active })}
    >
      <Switch
        size="small"
        checked={active}
        disabled={!editable}
        loading={setActive.isPending}
        aria-label={t('activeLabel', { name })}
      />
    </Popconfirm>
  );
}
