// What the other parts of the feature use of templates.
export { selectTemplateVersion } from './repository.ts';
export { createTemplateHandlers } from './service.ts';
export { readTemplate, templateFor } from './views.ts';
