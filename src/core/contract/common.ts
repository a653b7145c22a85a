import { z } from 'zod';

import { UserId } from './ids.ts';

/** An answer that carries nothing: the caller already knows what it asked for. */
export const Done = z.object({});
export const NoInput = z.object({}).default({});

/** A display name or label typed by a person. */
export const Label = z.string().trim().min(1).max(200);
/** A free note typed by a person. */
export const Note = z.string().trim().max(4000);

/** A user as screens show them. */
export const Person = z.object({ id: UserId, name: z.string() });
export type Person = z.output<typeof Person>;
