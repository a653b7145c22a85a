/** As the contract's UserName has it (users/contract.ts); zod itself stays out of this bundle. */
export const userNamePattern = /^[a-z0-9][a-z0-9._-]{1,63}$/;
