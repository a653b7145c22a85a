import { Alert, App, Form, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import type { PartyRole } from '../../../../core/features/handovers/model.ts';
import { useMutate } from '../../../api/hooks.ts';
import { Dialog } from '../../../components/Dialog.tsx';
import { ErrorAlert } from '../../../components/ErrorAlert.tsx';
import { GrowingText } from '../../../components/GrowingText.tsx';
import { useWords } from '../use-words.ts';
import styles from './signing.module.css';

export type Signing =
  | { readonly kind: 'sign'; readonly role: PartyRole; readonly party: string; readonly name: string }
  | { readonly kind: 'absence'; readonly name: string };

/** Signs over the hash on screen, or records the leaver's absence; the password says that it is the person themselves. */
export function SignDialog({
  act,
  snapshot,
  onClose,
}: {
  readonly act: Signing;
  readonly snapshot: NonNullable<ProcedureOutput<'handovers.signing'>['current']>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const { message } = App.useApp();
  const id = useId();
  const signing = useMutate('handovers.sign', { toast: false });
  const recording = useMutate('handovers.recordAbsence', { toast: false });
  const [text, setText] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const error = signing.error ?? recording.error;
  const needsText = act.kind === 'absence';
  const needed = (missing: boolean) =>
    asked && missing ? { validateStatus: 'error' as const, help: t('needed') } : {};
  const over = { snapshotId: snapshot.id, hash: snapshot.hash, password };
  const done = {
    onSuccess: () => {
      void message.success(t(act.kind === 'sign' ? 'signing.signedNow' : 'signing.absenceRecorded'));
      onClose();
    },
  };

  function submit(): void {
    setAsked(true);
    if (password === '' || (needsText && text.trim() === '')) return;
    if (act.kind === 'sign')
      signing.mutate({ ...over, role: act.role, party: act.party, reservations: text.trim() }, done);
    else recording.mutate({ ...over, reason: text.trim() }, done);
  }
  return (
    <Dialog
      title={
        act.kind === 'sign'
          ? t('signing.signTitle', { party: words.role[act.role], name: act.name })
          : t('signing.absenceTitle', { name: act.name })
      }
      okText={
        act.kind === 'sign' ? t('signing.sign', { party: words.role[act.role] }) : t('signing.recordAbsence')
      }
      confirmLoading={signing.isPending || recording.isPending}
      onCancel={onClose}
      onOk={submit}
    >
      <p>{t(act.kind === 'sign' ? `signing.meaning.${act.role}` : 'signing.absenceHint')}</p>
      <dl className={styles['facts']}>
        <dt>{t('signing.snapshot')}</dt>
        <dd>{t('signing.number', { number: snapshot.number })}</dd>
        <dt>{t('signing.hash')}</dt>
        <dd>
          <code className={styles['hash']}>{snapshot.hash}</code>
        </dd>
      </dl>
      <Form layout="vertical" component="div" className={styles['form'] ?? ''}>
        <Form.Item
          label={t(needsText ? 'signing.absence' : 'signing.reservations')}
          htmlFor={`${id}-text`}
          required={needsText}
          extra={needsText ? undefined : t('signing.reservationsHint')}
          {...needed(needsText && text.trim() === '')}
        >
          <GrowingText
            id={`${id}-text`}
            value={text}
            maxLength={4_000}
            onChange={(event) => setText(event.target.value)}
          />
        </Form.Item>
        <Form.Item
          label={t('signing.password')}
          htmlFor={`${id}-password`}
          required
          {...needed(password === '')}
        >
          <Input.Password
            id={`${id}-password`}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            onPressEnter={submit}
          />
        </Form.Item>
      </Form>
      {/* Only the password is asked for here: it alone can be wrong. */}
      {error?.code === 'wrong-credentials' ? (
        <Alert type="error" showIcon role="alert" title={t('signing.wrongPassword')} />
      ) : (
        <ErrorAlert error={error} />
      )}
    </Dialog>
  );
}
