/** The five roles. A user may hold several; permissions add up. */
export const roles = ['editor', 'reviewer', 'approver', 'auditor', 'admin'] as const;
export type Role = (typeof roles)[number];

export const permissions = [
  'archive:read',
  'archive:import',
  'archive:unmask',
  'screening:run',
  'hits:read',
  'hits:decide',
  'lexicons:read',
  'lexicons:edit',
  'lexicons:publish',
  'users:read',
  'users:manage',
  'audit:read',
  'settings:read',
  'settings:manage',
  'jobs:read',
  'jobs:cancel',
  'materials:read',
  'materials:edit',
  'reviews:comment',
  'reviews:decide',
  'reviews:manage',
  'approvals:withdraw',
  'products:read',
  'products:edit',
  'handovers:read',
  'handovers:manage',
  'handovers:sign',
] as const;
export type Permission = (typeof permissions)[number];

const reading = [
  'archive:read',
  'hits:read',
  'lexicons:read',
  'users:read',
  'audit:read',
  'settings:read',
  'jobs:read',
  'materials:read',
  'products:read',
  'handovers:read',
] as const satisfies readonly Permission[];

/**
 * What each role may do. The auditor reads everything and changes nothing; unmasking is reading, and is
 * recorded with its reason, so an auditor may do it. The admin runs the workspace but decides no hit:
 * whoever can create accounts should not also be the one who judges. An editor may be a party to a handover: which ones an account
 * sees is a rule of handovers.
 */
const permissionsByRole: Readonly<Record<Role, readonly Permission[]>> = {
  editor: [
    'lexicons:read',
    'settings:read',
    'jobs:read',
    'materials:read',
    'materials:edit',
    'reviews:comment',
    'products:read',
    'handovers:read',
    'handovers:sign',
  ],
  reviewer: [
    'archive:read',
    'archive:import',
    'archive:unmask',
    'screening:run',
    'hits:read',
    'hits:decide',
    'lexicons:read',
    'lexicons:edit',
    'settings:read',
    'jobs:read',
    'jobs:cancel',
    'materials:read',
    'reviews:comment',
    'reviews:decide',
    'products:read',
    'handovers:read',
    'handovers:manage',
    'handovers:sign',
  ],
  approver: [
    'archive:read',
    'archive:unmask',
    'hits:read',
    'hits:decide',
    'lexicons:read',
    'lexicons:edit',
    'lexicons:publish',
    'settings:read',
    'jobs:read',
    'materials:read',
    'reviews:comment',
    'reviews:decide',
    'approvals:withdraw',
    'products:read',
    'products:edit',
    'handovers:read',
    'handovers:manage',
    'handovers:sign',
  ],
  auditor: [...reading, 'archive:unmask'],
  admin: [
    ...reading,
    'archive:import',
    'screening:run',
    'lexicons:edit',
    'lexicons:publish',
    'users:manage',
    'settings:manage',
    'jobs:cancel',
    'reviews:manage',
    'products:edit',
    'handovers:manage',
  ],
};

/** The union of what the given roles may do, in the order of `permissions`, without repeats. */
export function permissionsOf(held: readonly Role[]): readonly Permission[] {
  const granted = new Set(held.flatMap((role) => permissionsByRole[role]));
  return permissions.filter((permission) => granted.has(permission));
}

export { minimumPasswordLength, passwordProblems } from './password-rules.ts';
