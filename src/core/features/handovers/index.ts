export { type HandoversFeature, createHandoversFeature } from './service.ts';
