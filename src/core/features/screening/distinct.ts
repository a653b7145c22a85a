/** The different patterns among all, and which patterns each stands for: `members[firstMember[d]]` up to the next one's. */
export interface Distinct {
  readonly count: number;
  /** By different pattern: one pattern of the list that is equal to it. */
  readonly example: Int32Array;
  readonly firstMember: Int32Array;
  readonly members: Int32Array;
}

/**
 * Groups equal patterns, by a hash table over their classes and what they ask of those. Empty ones are left out.
 *
 * @param offsets as in `Patterns`
 */
export function findDistinct(offsets: Int32Array, classes: Uint16Array, asked: Uint16Array): Distinct {
  const total = offsets.length - 1;
  const mask = 2 ** Math.ceil(Math.log2(2 * total + 2)) - 1;
  const slots = new Int32Array(mask + 1);
  const isSame = (start: number, end: number, other: number) => {
    const from = offsets[other] ?? 0;
    if ((offsets[other + 1] ?? 0) - from !== end - start) return false;
    for (let at = 0; at < end - start; at += 1)
      if (classes[start + at] !== classes[from + at] || asked[start + at] !== asked[from + at]) return false;
    return true;
  };
  const groupOf = new Int32Array(total).fill(-1);
  const sizes = new Int32Array(total + 1);
  const example = new Int32Array(total);
  let count = 0;
  for (let pattern = 0; pattern < total; pattern += 1) {
    const start = offsets[pattern] ?? 0;
    const end = offsets[pattern + 1] ?? 0;
    if (start === end) continue;
    let hash = 0;
    for (let at = start; at < end; at += 1)
      hash = Math.imul(hash ^ ((classes[at] ?? 0) | ((asked[at] ?? 0) << 16)), 0x9e3779b1) ^ (hash >>> 15);
    let slot = (hash ^ (hash >>> 16)) & mask;
    for (;;) {
      const group = (slots[slot] ?? 0) - 1;
      if (group < 0) {
        slots[slot] = count + 1;
        example[count] = pattern;
        groupOf[pattern] = count;
        count += 1;
        break;
      }
      const other = example[group] ?? 0;
      if (isSame(start, end, other)) {
        groupOf[pattern] = group;
        break;
      }
      slot = (slot + 1) & mask;
    }
    const own = (groupOf[pattern] ?? 0) + 1;
    sizes[own] = (sizes[own] ?? 0) + 1;
  }
  const firstMember = sizes.slice(0, count + 1);
  for (let group = 0; group < count; group += 1) {
    firstMember[group + 1] = (firstMember[group + 1] ?? 0) + (firstMember[group] ?? 0);
  }
  const next = firstMember.slice();
  const members = new Int32Array(firstMember[count] ?? 0);
  groupOf.forEach((group, pattern) => {
    if (group < 0) return;
    members[next[group] ?? 0] = pattern;
    next[group] = (next[group] ?? 0) + 1;
  });
  return { count, example: example.slice(0, count), firstMember, members };
}
