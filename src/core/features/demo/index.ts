export { demoJob } from './job.ts';
