import { Button, Form, Input, Radio, Select } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { type Severity, severities } from '../../../core/features/lexicons/model.ts';
import { type ApiError, invoke, toApiError } from '../../api/client.ts';
import { useProcedureWhen } from '../../api/hooks.ts';
import { useUploaded } from '../../api/use-uploaded.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { useFormat } from '../../use-format.ts';
import { FileSettings } from './file-settings.tsx';
import styles from './lexicons.module.css';
import { Warnings } from './warnings.tsx';

type Lexicon = ProcedureOutput<'lexicons.list'>[number];
type Result = ProcedureOutput<'lexicons.importTerms'>;

interface ImportDialogProps {
  readonly lexicon: Lexicon;
  readonly onImported: (lexicon: Lexicon) => void;
  readonly onClose: () => void;
}

/** Says what a file would change, reads it into the draft, and says what came of it; nothing is screened with it before it is published. */
export function ImportDialog({ lexicon, onImported, onClose }: ImportDialogProps) {
  const { t } = useTranslation('lexicons');
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState<'add' | 'replace'>('add');
  const [category, setCategory] = useState('');
  const [severity, setSeverity] = useState<Severity>('medium');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [result, setResult] = useState<Result | null>(null);
  const uploaded = useUploaded(file);
  const { blobId } = uploaded;
  const chosen =
    file === null || blobId === null
      ? null
      : { lexiconId: lexicon.id, blobId, fileName: file.name.slice(-255) };
  // Imported, the draft has them: what a second import would do is no news.
  const preview = useProcedureWhen('lexicons.previewImport', result === null && !busy ? chosen : null);
  const reading = file !== null && uploaded.error === null && preview.isPending && !busy;
  const settings = preview.data?.settings[mode];
  const start = async () => {
    if (chosen === null) return;
    setBusy(true);
    setError(null);
    try {
      const answer = await invoke('lexicons.importTerms', {
        ...chosen,
        mode,
        severity,
        ...(category.trim() === '' ? {} : { category: category.trim() }),
      });
      setResult(answer);
      onImported(answer.lexicon);
    } catch (thrown) {
      setError(toApiError(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('import.title', { name: lexicon.name })}
      onCancel={onClose}
      footer={
        result ? (
          <Button type="primary" onClick={onClose}>
            {t('import.toDraft')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t('common:cancel')}</Button>
            <Button
              type="primary"
              disabled={chosen === null || reading || settings?.outcome === 'refused'}
              loading={busy}
              onClick={() => void start()}
            >
              {t('import.start')}
            </Button>
          </>
        )
      }
    >
      {result ? (
        <div className={styles['stack']}>
          <dl className={styles['counts']}>
            {(['added', 'updated', 'unchanged', 'skipped'] as const).map((key) => (
              <div key={key}>
                <dt>{t(`import.${key}`)}</dt>
                <dd>{format.number(result[key])}</dd>
              </div>
            ))}
          </dl>
          <FileSettings settings={result.settings} imported />
          <Warnings warnings={result.warnings} />
          <p className={styles['quiet']}>{t('import.draftHint')}</p>
        </div>
      ) : (
        <Form layout="vertical">
          <Form.Item label={t('import.file')} extra={t('import.formats')}>
            <Button data-first-focus="true" onClick={() => input.current?.click()}>
              {t('import.choose')}
            </Button>{' '}
            {file ? `${file.name} · ${format.bytes(file.size)}` : t('import.none')}
            <input
              ref={input}
              type="file"
              // antd's form shows file inputs in spite of `hidden`.
              style={{ display: 'none' }}
              data-testid="lexicon-file"
              accept=".txt,.csv,.json"
              aria-label={t('import.file')}
              onChange={(event) => {
                const [picked] = event.target.files ?? [];
                // Corrected, the same file may be chosen again.
                event.target.value = '';
                if (picked === undefined) return;
                setFile(picked);
                setError(null);
              }}
            />
          </Form.Item>
          <Form.Item label={t('import.mode')}>
            <Radio.Group
              value={mode}
              onChange={(event) => setMode(event.target.value === 'replace' ? 'replace' : 'add')}
              options={[
                { value: 'add', label: t('import.modeAdd') },
                { value: 'replace', label: t('import.modeReplace') },
              ]}
            />
          </Form.Item>
          {reading ? (
            <p className={styles['quiet']} role="status">
              {t('import.reading')}
            </p>
          ) : (
            settings !== undefined && (
              <Form.Item>
                <FileSettings settings={settings} imported={false} />
              </Form.Item>
            )
          )}
          <Form.Item label={t('import.category')} htmlFor="import-category" extra={t('import.defaultsHint')}>
            <Input
              id="import-category"
              maxLength={200}
              placeholder={t('import.categoryDefault')}
              value={category}
              onChange={(event) => setCategory(event.target.value)}
            />
          </Form.Item>
          <Form.Item label={t('import.severity')} htmlFor="import-severity">
            <Select<Severity>
              id="import-severity"
              value={severity}
              onChange={setSeverity}
              options={severities.map((value) => ({ value, label: t(`common:severity.${value}`) }))}
            />
          </Form.Item>
        </Form>
      )}
      <ErrorAlert error={error ?? uploaded.error ?? (result === null ? preview.error : null)} />
    </Dialog>
  );
}
