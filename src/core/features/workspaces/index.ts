export { type FirstAdministrator, createDemoWorkspace, createWorkspaceWithAdmin } from './create.ts';
export {
  type BackupReport,
  type CheckReport,
  type WorkspaceInfo,
  backupWorkspace,
  checkWorkspace,
  workspaceInfo,
} from './maintenance.ts';
export {
  type CurrentWorkspace,
  type WorkspacesFeature,
  createWorkspacesFeature,
  startDemoJob,
} from './service.ts';
export { type DemoAccount, demoAccounts, demoPassword, demoPast } from './demo-accounts.ts';
