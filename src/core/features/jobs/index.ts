export { type NewJob, findNewestJob, insertJob } from './repository.ts';
export { type JobsFeature, createJobsFeature } from './service.ts';
