export { type NewAccount, addUser } from './administration.ts';
export { type Reauthenticate, createReauthentication } from './attempts.ts';
export { checkNewPassword } from './new-password.ts';
export { hashPassword, usualPasswordCost } from './password.ts';
export { findAccount } from './views.ts';
export { sessionKeyOf } from './sessions.ts';
export { type UsersFeature, createUsersFeature } from './service.ts';
