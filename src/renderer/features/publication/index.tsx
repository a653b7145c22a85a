import { App, Button, Input, Progress } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

import type { CalendarDay } from '../../../core/contract/ids.ts';
import { type ApiError, toApiError } from '../../api/client.ts';
import { useCan, useProcedure } from '../../api/hooks.ts';
import { uploadFile } from '../../api/upload.ts';
import { DayInput } from '../../components/DayInput.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { Loading } from '../../components/Loading.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { Page } from '../../components/Page.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import { endOfDay } from '../../format.ts';
import { useTimeZone } from '../../use-format.ts';
import { useDroppedFiles } from '../imports/drop-zone.tsx';
import { type CheckInput, CheckResult } from './check-result.tsx';
import { KeptChecks } from './kept-checks.tsx';
import styles from './publication.module.css';

const uploaders = ['materials:edit', 'archive:import', 'lexicons:edit', 'products:edit'] as const;

type Source = CheckInput['source'];

/** Whether what was published is what was approved: a pasted text, a file, or a message of the archive. */
export function PublicationScreen() {
  const { t } = useTranslation('publication');
  const { message } = App.useApp();
  const timeZone = useTimeZone();
  const can = useCan();
  // What the host takes files for; everybody who may bring in any may have one checked.
  const mayUpload = uploaders.some(can);
  const [search, setSearch] = useSearchParams();
  const [text, setText] = useState('');
  const [day, setDay] = useState<CalendarDay | null>(null);
  const [asked, setAsked] = useState<Source | null>(() => messageOf(search));
  const upload = useUploadOne((source) => setAsked(source));
  const send = (files: readonly File[]) => {
    if (files.length > 1) void message.info(t('oneFile'));
    void upload.send(files);
  };
  const input = useRef<HTMLInputElement>(null);
  const publishedAt = day === null ? null : endOfDay(day, timeZone);
  const request: CheckInput | null = asked === null ? null : { source: asked, publishedAt };
  const check = useProcedure('publication.check', request ?? { source: { kind: 'text', text: ' ' } }, {
    enabled: request !== null,
  });

  const start = () => {
    if (text.trim() !== '') setAsked({ kind: 'text', text });
  };
  const clear = () => {
    setText('');
    setAsked(null);
    setSearch(new URLSearchParams(), { replace: true });
  };
  useShortcuts([{ keys: 'mod+Enter', label: t('check'), run: start }]);
  useDroppedFiles(mayUpload ? t('drop') : t('mayNotUpload'), (files) => {
    if (mayUpload) send(files);
  });

  return (
    <Page title={t('title')} description={t('description')}>
      <div className={styles['form']}>
        {asked !== null && asked.kind !== 'text' ? (
          <div className={styles['given']}>
            {asked.kind === 'file' ? <OutsideText text={t('file', { name: asked.name })} /> : t('message')}
          </div>
        ) : (
          <Input.TextArea
            aria-label={t('text')}
            placeholder={t('textHint')}
            rows={6}
            maxLength={500_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
        <div className={styles['line']}>
          <Button type="primary" disabled={text.trim() === ''} loading={check.isLoading} onClick={start}>
            {t('check')} <KeyHint keys="mod+Enter" />
          </Button>
          <Button disabled={!mayUpload || upload.sent !== null} onClick={() => input.current?.click()}>
            {t('choose')}
          </Button>
          <input
            ref={input}
            type="file"
            hidden
            accept=".txt,.html,.htm,.docx,.pdf,.md"
            aria-label={t('choose')}
            data-testid="published-file"
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              event.target.value = '';
              send(files);
            }}
          />
          <div className={styles['day']}>
            <label htmlFor="published-at">{t('publishedAt')}</label>
            <DayInput id="published-at" value={day} editable onChange={setDay} />
            <span className={styles['quiet']}>{t('publishedAtHint')}</span>
          </div>
          {(asked !== null || text !== '') && (
            <Button type="text" onClick={clear}>
              {t('clear')}
            </Button>
          )}
          {!mayUpload && <span className={styles['quiet']}>{t('mayNotUpload')}</span>}
        </div>
        {upload.sent !== null && (
          <Progress percent={Math.floor(upload.sent * 100)} aria-label={t('sending')} />
        )}
        {upload.error !== null && <ErrorAlert error={upload.error} />}
      </div>
      {request !== null && check.isError && <ErrorAlert error={check.error} />}
      {request !== null && check.isLoading && <Loading />}
      {request !== null && check.data && <CheckResult input={request} result={check.data} />}
      <KeptChecks />
    </Page>
  );
}

/** `?message=17`: what the archive and findings link to. */
function messageOf(search: URLSearchParams): Source | null {
  const id = Number(search.get('message') ?? '');
  return Number.isSafeInteger(id) && id > 0 ? { kind: 'message', messageId: id } : null;
}

/** Sends one file to the host; `sent` is the share that has arrived while it is on its way. */
function useUploadOne(onSent: (source: Source) => void) {
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  return {
    sent,
    error,
    async send(files: readonly File[]) {
      const [file] = files;
      if (file === undefined) return;
      setError(null);
      setSent(0);
      try {
        const { blobId } = await uploadFile(file, (done, total) => setSent(total === 0 ? 0 : done / total));
        onSent({ kind: 'file', blobId, name: file.name });
      } catch (thrown) {
        setError(toApiError(thrown));
      } finally {
        setSent(null);
      }
    },
  };
}
