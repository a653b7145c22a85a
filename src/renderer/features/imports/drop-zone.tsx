import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import { useCan } from '../../api/hooks.ts';
import styles from './imports.module.css';
import { type ImportOptions, importFiles } from './uploads.ts';

/** Sends files and goes to their import. */
export function useImportFiles(): (files: readonly File[], options?: ImportOptions) => void {
  const navigate = useNavigate();
  const client = useQueryClient();
  return (files, options) => {
    if (files.length === 0) return;
    void navigate('/imports');
    void (async () => {
      const started = await importFiles(files, options);
      if (!started) return;
      void client.invalidateQueries({ queryKey: ['imports'] });
      // Who went on to something else meanwhile is left there; the job indicator shows the import.
      if (window.location.hash.startsWith('#/imports')) void navigate(`/imports/${started.id}`);
    })();
  };
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

interface Taker {
  readonly label: string;
  readonly take: (files: readonly File[]) => void;
}

/** Screens that do something else with dropped files than import them; the last one mounted is asked. */
const takers: Taker[] = [];

/** While it is mounted, files that are dropped anywhere on the window are this screen's; null: as ever. */
export function useDroppedFiles(label: string | null, take: (files: readonly File[]) => void): void {
  const latest = useEffectEvent(take);
  useEffect(() => {
    if (label === null) return undefined;
    const taker: Taker = { label, take: (files) => latest(files) };
    takers.push(taker);
    return () => void takers.splice(takers.indexOf(taker), 1);
  }, [label]);
}

/** Takes files that are dropped anywhere on the window while it is mounted, on whichever screen. */
export function ImportDropZone() {
  const { t } = useTranslation('imports');
  const may = useCan()('archive:import');
  const start = useImportFiles();
  const [over, setOver] = useState(false);
  const drop = useEffectEvent((files: readonly File[]) => {
    const taker = takers.at(-1);
    if (taker !== undefined) taker.take(files);
    else if (may) start(files);
  });
  useEffect(() => {
    // Entering a child tells a leave of its parent: only the balance says whether the pointer is over the window.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const allow = (event: DragEvent) => {
      // Without this the browser opens the file in place of the app.
      if (hasFiles(event)) event.preventDefault();
    };
    const take = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      drop([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('dragover', allow);
    window.addEventListener('drop', take);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('dragover', allow);
      window.removeEventListener('drop', take);
    };
  }, []);
  if (!over) return null;
  return (
    <div className={styles['overlay']}>
      <p>{takers.at(-1)?.label ?? (may ? t('drop.release') : t('mayNot'))}</p>
    </div>
  );
}
