import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProductFileReport } from '../../../core/features/products/contract.ts';
import type { ProcedureInput } from '../../../core/contract/index.ts';
import { type ApiError, invoke, toApiError } from '../../api/client.ts';
import { uploadFile } from '../../api/upload.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './products.module.css';

type Step =
  | { readonly kind: 'choose' }
  | {
      readonly kind: 'preview';
      readonly file: ProcedureInput<'products.import'>;
      readonly report: ProductFileReport;
    }
  | { readonly kind: 'done'; readonly report: ProductFileReport };

/** A table of products: first what was understood of it, then, when that is right, taken. */
export function ProductImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('products');
  const input = useRef<HTMLInputElement>(null);
  const [step, setStep] = useState<Step>({ kind: 'choose' });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  async function during(work: () => Promise<Step>) {
    setBusy(true);
    setError(null);
    try {
      setStep(await work());
    } catch (thrown) {
      setError(toApiError(thrown));
    } finally {
      setBusy(false);
    }
  }
  const preview = (chosen: File) =>
    during(async () => {
      const { blobId } = await uploadFile(chosen, () => undefined);
      const file = { blobId, fileName: chosen.name.slice(-255) };
      const { report } = await invoke('products.previewImport', file);
      return { kind: 'preview', file, report };
    });

  return (
    <Dialog
      title={t('import.title')}
      width={640}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t(step.kind === 'done' ? 'common:close' : 'common:cancel')}</Button>
          {step.kind === 'preview' && (
            <Button
              type="primary"
              loading={busy}
              disabled={step.report.added + step.report.updated === 0}
              onClick={() =>
                void during(async () => ({
                  kind: 'done',
                  report: await invoke('products.import', step.file),
                }))
              }
            >
              {t('import.take')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles['import']}>
        {step.kind === 'choose' && (
          <>
            <p>{t('import.hint')}</p>
            <Button data-first-focus="true" loading={busy} onClick={() => input.current?.click()}>
              {t('import.choose')}
            </Button>
            <input
              ref={input}
              type="file"
              hidden
              accept=".csv,.xlsx"
              data-testid="product-file"
              aria-label={t('import.choose')}
              onChange={(event) => {
                const chosen = event.target.files?.[0];
                if (chosen !== undefined) void preview(chosen);
              }}
            />
          </>
        )}
        {step.kind !== 'choose' && <Report report={step.report} done={step.kind === 'done'} />}
        <ErrorAlert error={error} />
      </div>
    </Dialog>
  );
}

function Report({ report, done }: { readonly report: ProductFileReport; readonly done: boolean }) {
  const { t } = useTranslation('products');
  const format = useFormat();
  return (
    <>
      <p role="status">{t(done ? 'import.done' : 'import.understood')}</p>
      <dl className={styles['counts']}>
        {(['rows', 'added', 'updated', 'unchanged', 'refusedTotal'] as const).map((key) => (
          <div key={key}>
            <dt>{t(`import.${key}`)}</dt>
            <dd>{format.number(report[key])}</dd>
          </div>
        ))}
      </dl>
      <section>
        <h3>{t('import.columns')}</h3>
        <ul className={styles['facts']}>
          {report.columns.map(({ header, meaning }, index) => (
            // Headers may repeat.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index}>
              {header} → {meaning ?? t('import.unused')}
            </li>
          ))}
        </ul>
      </section>
      {report.refused.length > 0 && (
        <section>
          <h3>{t('import.refusedRows')}</h3>
          <ul className={styles['refused']}>
            {report.refused.map(({ line, reason, detail }) => (
              <li key={line}>
                {t('import.line', { line })} {t(`refused.${reason}`, { detail })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
