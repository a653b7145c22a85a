import { App, Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureInput, ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useMutate } from '../../api/hooks.ts';
import { ComparedTexts } from './compared-texts.tsx';
import { MatchLine } from './match-line.tsx';
import styles from './publication.module.css';

export type CheckInput = ProcedureInput<'publication.check'>;
type Result = ProcedureOutput<'publication.check'>;

/** What came of a check, in plain words, with the comparison and the way to keep it. */
export function CheckResult({ input, result }: { readonly input: CheckInput; readonly result: Result }) {
  const { t } = useTranslation('publication');
  const [best, ...others] = result.matches;
  return (
    <section className={styles['section']} aria-label={t('result')}>
      <h2 className="visually-hidden">{t('result')}</h2>
      {result.problems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`${t('unread')} ${result.problems
            .map((problem) => t(`precheck:unread.${problem}`, { defaultValue: problem }))
            .join(t('common:listSeparator'))}`}
        />
      )}
      <div className={styles['verdict']} data-look={lookOf(result)} role="status">
        <strong>{t(`verdict.${result.verdict}`)}</strong>
        <span>{result.text.trim() === '' ? t('nothing') : t(`sentence.${result.verdict}`)}</span>
        {best !== undefined && best.relation !== 'whole' && (
          <span>{t(`relationSentence.${best.relation}`)}</span>
        )}
        {best !== undefined && best.standing !== 'valid' && <strong>{t(`standing.${best.standing}`)}</strong>}
      </div>
      {best !== undefined && <MatchLine match={best} />}
      {result.compared !== null && <ComparedTexts compared={result.compared} title={t('compare')} />}
      {others.length > 0 && (
        <div className={styles['section']}>
          <h3>{t('candidates')}</h3>
          <ul className={styles['matches']}>
            {others.map((match) => (
              <li key={match.versionId}>
                <MatchLine match={match}>
                  <strong>{t(`verdict.${match.verdict}`)}</strong>
                </MatchLine>
              </li>
            ))}
          </ul>
        </div>
      )}
      <KeepCheck input={input} />
    </section>
  );
}

function lookOf({ verdict, matches }: Result): 'good' | 'bad' | undefined {
  if (verdict === 'altered' || verdict === 'no-approval') return 'bad';
  return matches[0]?.standing === 'valid' ? 'good' : 'bad';
}

function KeepCheck({ input }: { readonly input: CheckInput }) {
  const { t } = useTranslation('publication');
  const { message } = App.useApp();
  const may = useCan()('reviews:comment');
  const record = useMutate('publication.record');
  const [note, setNote] = useState('');
  if (!may) return null;
  return (
    <form
      className={styles['line']}
      onSubmit={(event) => {
        event.preventDefault();
        record.mutate(
          { ...input, note: note.trim() },
          {
            onSuccess: () => {
              setNote('');
              void message.success(t('recorded'));
            },
          },
        );
      }}
    >
      <Input
        className={styles['grow'] ?? ''}
        aria-label={t('note')}
        placeholder={t('note')}
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button htmlType="submit" loading={record.isPending}>
        {t('record')}
      </Button>
      <span className={styles['quiet']}>{t('recordHint')}</span>
    </form>
  );
}
