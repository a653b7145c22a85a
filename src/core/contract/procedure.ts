import type { z } from 'zod';

import type { Permission } from '../features/users/model.ts';

/**
 * - `query` reads; an auditor may call every one of them.
 * - `mutation` changes what the workspace holds, and leaves an audit event in the same transaction.
 * - `session` concerns only the caller's own session and preferences (sign-in, lock, own password); it is audited too.
 */
export type ProcedureKind = 'query' | 'mutation' | 'session';

/** `public`: anyone who reaches the host. `signed-in`: any user with an unlocked session. */
export type Access = Permission | 'public' | 'signed-in';

export interface Procedure<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: ProcedureKind;
  readonly permission: Access;
  readonly input: Input;
  readonly output: Output;
}

/** Declares one procedure of the contract. */
export function procedure<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Procedure<Input, Output>,
): Procedure<Input, Output> {
  return definition;
}

export type ContractShape = Readonly<Record<string, Procedure>>;
export type InputOf<P extends Procedure> = z.input<P['input']>;
export type ParsedInputOf<P extends Procedure> = z.output<P['input']>;
export type OutputOf<P extends Procedure> = z.output<P['output']>;
