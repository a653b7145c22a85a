import { Alert, App, Checkbox, Form, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { GrowingText } from '../../components/GrowingText.tsx';
import type { ProcedureInput, ProcedureOutput } from '../../../core/contract/index.ts';
import { type Risk, risks } from '../../../core/features/reviews/material/model.ts';
import { type ApiError, invoke, toApiError } from '../../api/client.ts';
import { useProcedure, useProcedureWhen } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import type { DraftKeeper } from './draft/draft-keeper.ts';
import styles from './material.module.css';

type Meets = NonNullable<ProcedureInput<'reviews.submit'>['meets']>;

/** Makes a version of the draft and hands it to its reviewers: by which template, and which conditions it meets. */
export function SubmitDialog({
  material,
  keeper,
  blocked,
  onClose,
}: {
  readonly material: ProcedureOutput<'materials.get'>;
  readonly keeper: DraftKeeper;
  /** Blocking findings without a claimed exemption. */
  readonly blocked: number;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('materials');
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [risk, setRisk] = useState<Risk>('medium');
  const [note, setNote] = useState('');
  const [meets, setMeets] = useState<Meets>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const { fields } = keeper.getState().content;
  const template = useProcedure('templates.choose', {
    type: material.type,
    channels: fields.channels,
    branch: fields.branch,
    risk,
  });
  const reviews = useProcedure('reviews.ofMaterial', { materialId: material.id });
  const running = reviews.data?.find(
    ({ state }) => state === 'running' || state === 'returned' || state === 'awaiting',
  );
  const review = useProcedureWhen('reviews.get', running === undefined ? null : { id: running.id });
  const open = review.data?.conditions.filter((condition) => condition.met === null) ?? [];

  async function submit() {
    setBusy(true);
    setError(null);
    try {
      const revision = await keeper.flush();
      if (revision === null) {
        onClose();
        return;
      }
      const { version } = await invoke('materials.saveVersion', {
        id: material.id,
        baseRevision: revision,
        note: note.trim(),
      });
      const submitted = await invoke('reviews.submit', {
        materialId: material.id,
        versionId: version.id,
        risk: running?.risk ?? risk,
        meets,
      });
      void message.success(t('submit.done', { number: version.number }));
      void navigate(`/reviews/${submitted.id}`);
    } catch (thrown) {
      setError(toApiError(thrown));
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t('submit.open')}
      okText={t('submit.ok')}
      confirmLoading={busy}
      okButtonProps={{ disabled: running === undefined && template.data === null }}
      onCancel={onClose}
      onOk={() => void submit()}
    >
      <div className={styles['submit']}>
        {blocked > 0 && <Alert type="warning" showIcon title={t('submit.blockedHint', { count: blocked })} />}
        {running === undefined ? (
          <Form layout="vertical" component="div">
            <Form.Item label={t('submit.risk')} extra={t('submit.riskHint')}>
              <Radio.Group
                value={risk}
                onChange={(event) => setRisk(risks.find((each) => each === event.target.value) ?? risk)}
                options={risks.map((each) => ({ value: each, label: t(`risk.${each}`) }))}
              />
            </Form.Item>
          </Form>
        ) : (
          <p>{t('submit.running', { name: running.templateName, stage: running.stageName ?? '–' })}</p>
        )}
        {running === undefined &&
          (template.data === null ? (
            <Alert type="error" showIcon title={t('submit.noTemplate')} />
          ) : (
            template.data !== undefined && (
              <p>
                {t('submit.template', {
                  name: template.data.content.name,
                  stages: template.data.content.stages.map((stage) => stage.name).join(' → '),
                })}
              </p>
            )
          ))}
        {open.length > 0 && (
          <Form layout="vertical" component="div">
            <Form.Item label={t('submit.meets')}>
              <Checkbox.Group<Meets[number]>
                value={meets}
                onChange={setMeets}
                options={open.map((condition) => ({ value: condition.id, label: condition.text }))}
              />
            </Form.Item>
          </Form>
        )}
        <Form layout="vertical" component="div">
          <Form.Item label={t('submit.note')} htmlFor="submit-note">
            <GrowingText
              id="submit-note"
              value={note}
              maxLength={4_000}
              onChange={(event) => setNote(event.target.value)}
            />
          </Form.Item>
        </Form>
        <ErrorAlert error={error} />
      </div>
    </Dialog>
  );
}
