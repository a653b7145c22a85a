import type { WorkspaceName } from '../features/workspaces/contract.ts';
import type { z } from 'zod';
import type { BlobStore } from './blobs/index.ts';
import type { Clock } from './clock.ts';
import type { DatabaseConnection } from './database/connection.ts';

/** `exclusive` holds the workspace's lock; `shared` does not, and runs no jobs. */
export type WorkspaceMode = 'exclusive' | 'shared';

/** What workspace.json says. */
export interface WorkspaceFile {
  readonly format: 1;
  readonly title: string;
  readonly createdAt: number;
  readonly demo: boolean;
}

export interface OpenWorkspace {
  readonly name: z.output<typeof WorkspaceName>;
  readonly directory: string;
  readonly blobDirectory: string;
  readonly file: WorkspaceFile;
  readonly connection: DatabaseConnection;
  readonly blobs: BlobStore;
  close(): Promise<void>;
}

// To be written by the foundation helper: createWorkspace(directory, {title, demo}, clock), openWorkspace(directory, {mode, clock}).
export declare function openWorkspace(
  directory: string,
  options: { readonly mode: WorkspaceMode; readonly clock: Clock },
): Promise<OpenWorkspace>;
