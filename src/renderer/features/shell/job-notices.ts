import { App } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

import type { JobView } from '../../../core/features/jobs/contract.ts';
import { toClientError } from '../../api/client.ts';
import { useAppEvents } from '../../api/hooks.ts';
import { errorSentence } from '../../components/error-sentence.ts';

/** The screens that show these jobs, and what came of them, by themselves. */
const screensOf: Readonly<Partial<Record<JobView['kind'], readonly string[]>>> = {
  import: ['#/imports'],
  screening: ['#/hits', '#/imports'],
};

/** Says that a job failed, on whatever screen one is by then. */
export function useJobNotices(): void {
  const { t } = useTranslation('shell');
  const { notification } = App.useApp();
  const told = useRef(new Set<string>());
  useAppEvents((event) => {
    if (event.type !== 'job' || event.job.state !== 'failed' || told.current.has(event.job.id)) return;
    const { id, kind, error } = event.job;
    told.current.add(id);
    if (screensOf[kind]?.some((screen) => window.location.hash.startsWith(screen))) return;
    notification.error({
      key: `job-${id}`,
      title: t('jobFailed', { name: t(`common:jobs.kind.${kind}`) }),
      description: error === null ? '' : errorSentence(t, toClientError(error)),
      duration: 0,
      role: 'alert',
    });
  });
}
