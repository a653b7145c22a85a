import type { JobHandler } from '../../platform/jobs/protocol.ts';

/** Placeholder until the demo generator lands in this series of commits. */
export const demoJob: JobHandler = () => Promise.reject(new Error('the demo workspace is not built yet'));
