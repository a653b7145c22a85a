export { type FirstAdministrator, createDemoWorkspace, createWorkspaceWithAdmin } from './create.ts';
export {
  type CurrentWorkspace,
  type WorkspacesFeature,
  createWorkspacesFeature,
  startDemoJob,
} from './service.ts';
