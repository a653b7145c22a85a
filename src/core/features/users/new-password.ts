import { AppError } from '../../contract/errors.ts';
import { minimumPasswordLength, passwordProblems } from './model.ts';

/** Throws `password-too-weak`, which lists what is wrong, unless the password may be used. */
export function checkNewPassword(password: string, userName: string, displayName: string): void {
  const problems = passwordProblems(password, [userName, displayName]);
  if (problems.length === 0) return;
  throw new AppError(
    'password-too-weak',
    `This password is too easy to guess (${problems.join(', ')}). ` +
      `Use at least ${minimumPasswordLength} characters that are no name, no common word and no run of keys.`,
    { missing: problems.join(','), minimum: minimumPasswordLength },
  );
}
