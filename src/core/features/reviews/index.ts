export { publicationJob } from './publication/publication-job.ts';
export type { WithdrawalHook, Withdrawn } from './workflow/approvals/withdraw.ts';
export { type ReviewsFeature, createReviewsFeature } from './service.ts';
export { isMaterialFile } from './material/index.ts';
