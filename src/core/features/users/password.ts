import { scrypt, timingSafeEqual } from 'node:crypto';

import type { RandomBytes } from '../../platform/ids.ts';
import type { PasswordCost } from '../../platform/services.ts';

/**
 * N = 2^15, r = 8, p = 3: one of the equivalent settings of OWASP's Password Storage Cheat Sheet (scrypt section).
 * It takes 32 MiB at a time, where N = 2^17 would take 128: four sign-ins at once (libuv's threads) stay within what an
 * import leaves of the process's 600 MB.
 */
export const usualPasswordCost: PasswordCost = { logN: 15, blockSize: 8, parallelism: 3 };
/** 128 bits of salt, 256 bits of key: NIST SP 800-132 §5.1 asks for at least 128 and 112. */
const saltBytes = 16;
const keyBytes = 32;

// $scrypt$ln=15,r=8,p=3$<salt>$<key>: the parameters stand in the hash, so that they can be raised later.
const encoded = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;

/** Hashes a password for storage at this cost, off this thread. */
export async function hashPassword(
  password: string,
  random: RandomBytes,
  cost: PasswordCost,
): Promise<string> {
  const salt = random(saltBytes);
  const key = await derive(password, salt, cost);
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  return `$scrypt$ln=${cost.logN},r=${cost.blockSize},p=${cost.parallelism}$${text(salt)}$${text(key)}`;
}

/** Whether the password is the one that was hashed; `outdated` where it should be hashed again, at today's cost. */
export async function verifyPassword(
  password: string,
  stored: string,
  cost: PasswordCost,
): Promise<{ readonly matches: boolean; readonly outdated: boolean }> {
  const match = encoded.exec(stored);
  if (match === null) return { matches: false, outdated: false };
  const [, logN, blockSize, parallelism, salt, key] = match;
  const parameters = { logN: Number(logN), blockSize: Number(blockSize), parallelism: Number(parallelism) };
  const expected = Buffer.from(key ?? '', 'base64url');
  const actual = await derive(password, Buffer.from(salt ?? '', 'base64url'), parameters);
  return {
    matches: expected.length === actual.length && timingSafeEqual(expected, actual),
    outdated:
      parameters.logN !== cost.logN ||
      parameters.blockSize !== cost.blockSize ||
      parameters.parallelism !== cost.parallelism,
  };
}

/** Takes as long as `verifyPassword` on a real account: a wrong user name must not answer faster than a wrong password. */
export async function verifyNothing(password: string, cost: PasswordCost): Promise<void> {
  await derive(password, new Uint8Array(saltBytes), cost);
}

function derive(password: string, salt: Uint8Array, parameters: PasswordCost): Promise<Buffer> {
  const cost = 2 ** parameters.logN;
  // One password has one form, whichever keyboard composed its characters (NIST SP 800-63B §5.1.1.2).
  const normalised = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(
      normalised,
      salt,
      keyBytes,
      {
        N: cost,
        r: parameters.blockSize,
        p: parameters.parallelism,
        // 128·N·r is what scrypt itself takes (RFC 7914 §2); twice that leaves OpenSSL its own buffers.
        maxmem: 256 * cost * parameters.blockSize,
      },
      (error, key) => (error === null ? resolve(key) : reject(error)),
    );
  });
}
