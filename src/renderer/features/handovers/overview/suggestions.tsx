import { Button, Form } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { useMutate } from '../../../api/hooks.ts';
import { Dialog } from '../../../components/Dialog.tsx';
import { ErrorAlert } from '../../../components/ErrorAlert.tsx';
import { GrowingText } from '../../../components/GrowingText.tsx';
import { useFormat } from '../../../use-format.ts';
import { employeeWithBranch } from '../names.ts';
import styles from './overview.module.css';

export type Suggestion = ProcedureOutput<'handovers.suggestions'>[number];

/** Shown before the rest is asked for: the list below stays in sight. */
const shownAtFirst = 3;

/** Who seems to have left and has no handover yet, with what points to it. */
export function Suggestions({
  answer,
  manages,
  onOpen,
}: {
  readonly answer: readonly Suggestion[] | undefined;
  readonly manages: boolean;
  readonly onOpen: (suggestion: Suggestion) => void;
}) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const id = useId();
  const [all, setAll] = useState(false);
  const [dismissing, setDismissing] = useState<Suggestion | null>(null);
  if (answer === undefined || answer.length === 0) return null;
  const shown = all ? answer : answer.slice(0, shownAtFirst);
  return (
    <section className={styles['suggestions']} aria-labelledby={id}>
      <h2 id={id}>{t('suggested.title', { count: answer.length, number: format.number(answer.length) })}</h2>
      <p className={styles['quiet']}>{t(manages ? 'suggested.hint' : 'suggested.hintRead')}</p>
      <ul>
        {shown.map((suggestion) => (
          <li key={suggestion.leaver.userid}>
            <div className={styles['who']}>
              <strong>{employeeWithBranch(suggestion.leaver)}</strong>{' '}
              <span className={styles['quiet']}>{suggestion.leaver.userid}</span>
              {suggestion.reasons.map(({ kind, count, at }) => (
                <p key={kind}>
                  {t(`suggested.reason.${kind}`, {
                    count,
                    number: format.number(count),
                    day: kind === 'departure' ? suggestion.lastDay : format.date(at),
                  })}
                </p>
              ))}
            </div>
            {manages && (
              <div className={styles['buttons']}>
                <Button type="primary" size="small" onClick={() => onOpen(suggestion)}>
                  {t('open.action')}
                </Button>
                <Button size="small" onClick={() => setDismissing(suggestion)}>
                  {t('suggested.dismiss')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {answer.length > shownAtFirst && (
        <Button type="link" size="small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all
            ? t('suggested.fewer')
            : t('suggested.all', { count: answer.length, number: format.number(answer.length) })}
        </Button>
      )}
      {dismissing !== null && <DismissDialog suggestion={dismissing} onClose={() => setDismissing(null)} />}
    </section>
  );
}

/** Says why somebody who seems to have left has not. */
function DismissDialog({
  suggestion,
  onClose,
}: {
  readonly suggestion: Suggestion;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('handovers');
  const id = useId();
  const dismiss = useMutate('handovers.dismissSuggestion', { toast: false });
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const missing = asked && reason.trim() === '';
  return (
    <Dialog
      title={t('suggested.dismissTitle', { name: employeeWithBranch(suggestion.leaver) })}
      okText={t('suggested.dismiss')}
      confirmLoading={dismiss.isPending}
      onCancel={onClose}
      onOk={() => {
        setAsked(true);
        if (reason.trim() === '') return;
        dismiss.mutate({ leaver: suggestion.leaver.userid, reason: reason.trim() }, { onSuccess: onClose });
      }}
    >
      <p className={styles['quiet']}>{t('suggested.dismissHint')}</p>
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('reason')}
          htmlFor={`${id}-reason`}
          required
          {...(missing ? { validateStatus: 'error' as const, help: t('needed') } : {})}
        >
          <GrowingText
            id={`${id}-reason`}
            value={reason}
            maxLength={2_000}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
      </Form>
      <ErrorAlert error={dismiss.error} />
    </Dialog>
  );
}
