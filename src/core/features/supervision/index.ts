export { backtestJob } from './backtest-job.ts';
export { decideHits } from './decisions.ts';
export { createScreeningRun, type NewScreeningRun } from './screening-runs.ts';
export { runScreening, screeningJob } from './screening-job.ts';
export { createRate } from './rate.ts';
export { createSupervisionFeature } from './service.ts';
