import { DeleteOutlined, UploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { MaterialId } from '../../../core/contract/ids.ts';
import type { Attachment } from '../../../core/features/reviews/material/contract.ts';
import { maxAttachmentBytes, maxAttachments } from '../../../core/features/reviews/material/model.ts';
import { type ApiError, invoke, toApiError } from '../../api/client.ts';
import { uploadFile } from '../../api/upload.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { OutsideText } from '../../components/OutsideText.tsx';
import { useFormat } from '../../use-format.ts';
import styles from './material.module.css';
import { ReadingState } from './reading-state.tsx';

interface Sending {
  readonly name: string;
  readonly sent: number;
  readonly total: number;
}

/** The files of a material: DOCX, PDF, XLSX, pictures. Their text is read and checked with the rest. */
export function AttachmentsSection({
  materialId,
  attachments,
  editable,
  onChange,
}: {
  readonly materialId: MaterialId;
  readonly attachments: readonly Attachment[];
  readonly editable: boolean;
  readonly onChange: (attachments: Attachment[]) => void;
}) {
  const { t } = useTranslation('materials');
  const format = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<Sending | null>(null);
  const [error, setError] = useState<ApiError | null>(null);

  async function add(files: readonly File[]) {
    setError(null);
    const added: Attachment[] = [];
    try {
      for (const file of files.slice(0, maxAttachments - attachments.length)) {
        if (file.size > maxAttachmentBytes)
          throw toApiError(
            new Error(
              t('attachments.tooLarge', { name: file.name, limit: format.bytes(maxAttachmentBytes) }),
            ),
          );
        setSending({ name: file.name, sent: 0, total: file.size });
        // One after another: each is on its way with its own progress.
        // oxlint-disable-next-line no-await-in-loop
        const { blobId } = await uploadFile(file, (sent, total) =>
          setSending({ name: file.name, sent, total }),
        );
        // oxlint-disable-next-line no-await-in-loop
        added.push(await invoke('materials.attach', { id: materialId, blobId, name: file.name }));
      }
    } catch (thrown) {
      setError(toApiError(thrown));
    } finally {
      setSending(null);
      // Those that arrived stay, also when a later one failed.
      if (added.length > 0) onChange([...attachments, ...added]);
    }
  }

  return (
    <section className={styles['attachments']} aria-label={t('attachments.title')}>
      <h2>{t('attachments.title')}</h2>
      <p className={styles['quiet']}>{t('attachments.hint', { limit: format.bytes(maxAttachmentBytes) })}</p>
      <ul>
        {attachments.map((file, index) => (
          // The same file may be attached twice under two names.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${file.blobId} ${index}`}>
            <span>
              <OutsideText text={file.name} />{' '}
              <span className={styles['quiet']}>{format.bytes(file.size)}</span>
            </span>
            <ReadingState blobId={file.blobId} />
            {editable && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={t('attachments.remove', { name: file.name })}
                onClick={() => onChange(attachments.filter((_file, each) => each !== index))}
              />
            )}
          </li>
        ))}
      </ul>
      {sending !== null && (
        <p role="status">
          {t('attachments.sending', {
            name: sending.name,
            percent: format.percent(sending.total === 0 ? 1 : sending.sent / sending.total),
          })}
        </p>
      )}
      <ErrorAlert error={error} />
      {editable && (
        <>
          <Button
            icon={<UploadOutlined />}
            disabled={sending !== null || attachments.length >= maxAttachments}
            onClick={() => input.current?.click()}
          >
            {t('attachments.add')}
          </Button>
          <input
            ref={input}
            type="file"
            multiple
            hidden
            data-testid="attachment-file"
            aria-label={t('attachments.add')}
            onChange={(event) => {
              const chosen = [...(event.target.files ?? [])];
              event.target.value = '';
              void add(chosen);
            }}
          />
        </>
      )}
    </section>
  );
}
