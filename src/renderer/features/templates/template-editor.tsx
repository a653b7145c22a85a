import { Alert, App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { maxStages, problemsOf } from '../../../core/features/reviews/templates/model.ts';
import { useMutate } from '../../api/hooks.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { LeaveGuard } from '../../components/LeaveGuard.tsx';
import { Overtaken } from '../../components/Overtaken.tsx';
import { Page } from '../../components/Page.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { type Content, incompleteStages, moved, newStage } from './edit-template.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { StageForm } from './stage-form.tsx';
import { StageList } from './stage-list.tsx';
import { TemplateFields } from './template-fields.tsx';
import type { Template } from './template-list.tsx';
import { TemplateNav } from './template-nav.tsx';
import styles from './templates.module.css';

/** What was changed and not saved, and the state that the first change was made to. */
interface Edited {
  readonly content: Content;
  readonly base: Template['updatedAt'];
}

/** Writes a template's draft, stage by stage, and publishes it. */
export function TemplateEditor({
  template,
  onRefetch,
}: {
  readonly template: Template;
  readonly onRefetch: () => void;
}) {
  const { t } = useTranslation('templates');
  const { message } = App.useApp();
  const [edited, setEdited] = useState<Edited | null>(null);
  const [stageKey, setStageKey] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const save = useMutate('templates.saveDraft', { toast: false });
  const discard = useMutate('templates.discardDraft');
  const content = edited?.content ?? template.draft ?? template.published?.content;
  if (content === undefined) throw new Error('a template has a draft or a published version');

  const problems = problemsOf(content);
  const found = content.stages.findIndex(({ key }) => key === stageKey);
  const index = found === -1 ? 0 : found;
  const stage = content.stages[index];
  const incomplete = incompleteStages(content);
  const overtaken = edited !== null && save.error?.code === 'conflict';
  const mayPublish = template.draft !== null && edited === null && problems.length === 0;

  const change = (next: Partial<Content>) =>
    setEdited({ content: { ...content, ...next }, base: edited === null ? template.updatedAt : edited.base });
  const revert = () => {
    save.reset();
    setAsked(false);
    setEdited(null);
  };
  function submit(expectedUpdatedAt: Template['updatedAt']) {
    if (edited === null) return;
    setAsked(true);
    const [first] = incomplete;
    if (first !== undefined) setStageKey(edited.content.stages[first]?.key ?? null);
    if (first !== undefined || edited.content.name.trim() === '') return;
    save.mutate(
      { id: template.id, content: edited.content, expectedUpdatedAt },
      {
        onSuccess: () => {
          revert();
          void message.success(t('draftSaved'));
        },
        onError: onRefetch,
      },
    );
  }
  function add() {
    const added = newStage(content?.stages ?? []);
    change({ stages: [...(content?.stages ?? []), added] });
    setStageKey(added.key);
  }
  useShortcuts([
    { keys: 'mod+s', label: t('saveDraft'), run: () => submit(edited?.base ?? template.updatedAt) },
  ]);

  return (
    <Page
      title={content.name === '' ? t('title') : content.name}
      description={
        <span className={styles['under']}>
          {template.draft !== null || edited !== null ? (
            <StateTag state="draft" />
          ) : (
            <StateTag state="published" />
          )}
          <TemplateNav template={template} versions={false} />
        </span>
      }
      actions={
        <>
          {edited !== null && <Button onClick={revert}>{t('revert')}</Button>}
          {edited === null && template.draft !== null && template.published !== null && (
            <Popconfirm
              title={t('discardQuestion')}
              description={t('discardHint', { number: template.published.number })}
              okText={t('discardOk')}
              onConfirm={() => discard.mutate({ id: template.id })}
            >
              <Button loading={discard.isPending}>{t('discardDraft')}</Button>
            </Popconfirm>
          )}
          <Button
            type={edited === null ? 'default' : 'primary'}
            disabled={edited === null}
            loading={save.isPending}
            onClick={() => submit(edited?.base ?? template.updatedAt)}
          >
            {t('saveDraft')}
          </Button>
          <Button
            type={edited === null ? 'primary' : 'default'}
            disabled={!mayPublish}
            title={t(
              edited !== null
                ? 'publish.saveFirst'
                : problems.length > 0
                  ? 'publish.problems'
                  : 'publish.open',
            )}
            onClick={() => setPublishing(true)}
          >
            {t('publish.open')}
          </Button>
        </>
      }
    >
      <LeaveGuard when={edited !== null} />
      <div className={styles['stack']}>
        {overtaken ? (
          <Overtaken
            what={content.name}
            at={template.updatedAt}
            pending={save.isPending}
            onOverwrite={() => submit(template.updatedAt)}
            onTake={revert}
          />
        ) : (
          <ErrorAlert error={save.error} />
        )}
        {problems.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t('problems')}
            description={
              <ul className={styles['problems']}>
                {problems.map((problem) => {
                  const at = problem.stage === null ? undefined : content.stages[problem.stage];
                  return (
                    <li key={`${problem.stage} ${problem.kind}`}>
                      {at !== undefined && (
                        <Button
                          type="link"
                          size="small"
                          className={styles['inline'] ?? ''}
                          onClick={() => setStageKey(at.key)}
                        >
                          {at.name === '' ? t('stageNumber', { number: (problem.stage ?? 0) + 1 }) : at.name}
                        </Button>
                      )}{' '}
                      {t(`problem.${problem.kind}`)}
                    </li>
                  );
                })}
              </ul>
            }
          />
        )}
        <TemplateFields content={content} asked={asked} onChange={change} />
        <div className={styles['stages']}>
          <StageList
            stages={content.stages}
            current={stage?.key ?? null}
            marked={new Set([...problems.flatMap((each) => each.stage ?? []), ...(asked ? incomplete : [])])}
            full={content.stages.length >= maxStages}
            onSelect={setStageKey}
            onAdd={add}
            onMove={(from, by) => {
              setStageKey(content.stages[from]?.key ?? null);
              change({ stages: [...moved(content.stages, from, by)] });
            }}
            onRemove={(at) => {
              setStageKey((content.stages[at + 1] ?? content.stages[at - 1])?.key ?? null);
              change({ stages: content.stages.filter((_each, place) => place !== at) });
            }}
          />
          {stage !== undefined && (
            <StageForm
              key={stage.key}
              stage={stage}
              number={index + 1}
              asked={asked}
              problems={problems.filter((problem) => problem.stage === index).map(({ kind }) => kind)}
              onChange={(next) =>
                change({
                  stages: content.stages.map((each, at) => (at === index ? { ...each, ...next } : each)),
                })
              }
            />
          )}
        </div>
      </div>
      {publishing && template.draft !== null && (
        <PublishDialog template={template} draft={template.draft} onClose={() => setPublishing(false)} />
      )}
    </Page>
  );
}
