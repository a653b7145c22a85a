export { type ReviewsFeature, createReviewsFeature } from './service.ts';
