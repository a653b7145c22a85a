import type { Customer, Employee } from './people.ts';
import type { Choices } from './random.ts';

const day = 86_400_000;
/** Asia/Shanghai has had no daylight saving since 1991, so a fixed offset is right for it. */
const shanghaiOffset = 8 * 3_600_000;

/** What the slots of a template are filled with. */
export function slotsFor(
  employee: Employee,
  customer: Customer | null,
  choices: Choices,
  at: number,
): Readonly<Record<string, () => string>> {
  const products = ['安盈六个月', '稳享九十天', '日添利', '添福一年定开', '双周享'];
  const later = new Date(at + shanghaiOffset + choices.between(1, 40) * day);
  return {
    me: () => employee.name,
    branch: () => employee.branch,
    position: () => employee.position,
    address: () => customer?.address ?? '各位',
    product: () => choices.pick(products),
    amount: () => String(choices.pick([5, 10, 20, 30, 50, 80, 100])),
    smallamount: () => String(choices.between(18, 960)),
    rate: () => (1 + choices.between(10, 290) / 100).toFixed(2),
    highrate: () => String(choices.pick([12, 15, 18, 20, 24])),
    hour: () => String(choices.between(9, 17)),
    time: () => `${choices.between(9, 17)}:${String(choices.between(0, 59)).padStart(2, '0')}`,
    date: () => `${later.getUTCMonth() + 1}月${later.getUTCDate()}日`,
    identity: () => inventIdentityNumber(choices),
    card: () => inventCardNumber(choices),
    // 154 is a prefix that no operator has been given.
    mobile: () => `154${String(choices.between(0, 99_999_999)).padStart(8, '0')}`,
  };
}

/** An ID card number with a right checksum (GB 11643-1999) in a region code that is not assigned (990000). */
function inventIdentityNumber(choices: Choices): string {
  const digits = `990000${choices.between(1960, 2004)}${String(choices.between(1, 12)).padStart(2, '0')}${String(
    choices.between(1, 28),
  ).padStart(2, '0')}${String(choices.between(1, 999)).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return `${digits}${'10X98765432'[sum % 11] ?? ''}`;
}

/** A bank card number with a right Luhn digit under a prefix that no bank has (629999). */
function inventCardNumber(choices: Choices): string {
  const digits = `629999${String(choices.between(0, 999_999_999)).padStart(9, '0')}000`;
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, character, index) => {
      const value = Number(character) * (index % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
