export { type NewJob, endJob, findNewestJob, insertJob } from './repository.ts';
export { type JobsFeature, createJobsFeature } from './service.ts';
