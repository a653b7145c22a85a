import { Alert, Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';

import { ErrorText } from '../../components/ErrorText.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './imports.module.css';
import { acceptedEndings, dismissUpload, useUpload } from './uploads.ts';

/** Files on their way to the host, or why one could not be taken. */
export function UploadPanel() {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const upload = useUpload();
  if (!upload) return null;
  if (upload.error) {
    const { error, fileName } = upload.error;
    return (
      <Alert
        className={styles['panel'] ?? ''}
        type="error"
        showIcon
        role="alert"
        title={t('upload.failed', { name: fileName })}
        description={
          error.code === 'file-not-recognised' ? (
            t('upload.notAccepted', { endings: acceptedEndings.join(' ') })
          ) : (
            <ErrorText error={error} />
          )
        }
        closable={{ onClose: dismissUpload }}
      />
    );
  }
  const share = upload.total === 0 ? 1 : upload.sent / upload.total;
  return (
    <section className={styles['panel']} aria-label={t('upload.title')}>
      <div className={styles['line']}>
        <strong>{t('upload.sending', { name: upload.current })}</strong>
        <Button size="small" onClick={dismissUpload}>
          {t('common:cancel')}
        </Button>
      </div>
      <Progress percent={Math.floor(share * 100)} status="active" aria-label={t('upload.title')} />
      <span className={styles['quiet']}>
        {format.bytes(upload.sent)} / {format.bytes(upload.total)}
      </span>
    </section>
  );
}
