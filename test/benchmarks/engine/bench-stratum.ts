import { type Stratum, unitClass } from '../../../src/core/features/screening/stratum.ts';

// A stratum like the matcher's standard one, for benchmarks of the generators alone: fillers and emoji are skipped, runs
// count once, and what may have to be rewritten is a trigger.
const fillers = '，、～ 　-*·[]()（）【】“”‘’《》+=_|/\\';
const triggers = '<oO㏄①';

/** Terms that are one class in a row are left out: the matcher looks for those elsewhere; of equal ones one is kept. */
export function createBenchStratum(terms: readonly string[]): Stratum {
  const counts = new Map<number, number>();
  for (const term of terms) {
    for (let at = 0; at < term.length; at += 1) {
      const unit = term.charCodeAt(at);
      counts.set(unit, (counts.get(unit) ?? 0) + 1);
    }
  }
  const classOf = new Uint16Array(0x10000);
  const used = [...counts.keys()].toSorted((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  used.forEach((unit, position) => {
    classOf[unit] = position + 1;
  });
  const classes: number[] = [];
  const offsets = [0];
  const seen = new Set<string>();
  for (const term of terms) {
    const before = classes.length;
    let previous = 0;
    for (let at = 0; at < term.length; at += 1) {
      const own = classOf[term.charCodeAt(at)] ?? 0;
      if (own !== previous) classes.push(own);
      previous = own;
    }
    const skeleton = classes.slice(before).join();
    if (classes.length - before === 1 || seen.has(skeleton)) classes.length = before;
    else offsets.push(classes.length);
    seen.add(skeleton);
  }
  for (let at = 0; at < fillers.length; at += 1) classOf[fillers.charCodeAt(at)] = unitClass.skipped;
  classOf.fill(unitClass.skipped, 0xd800, 0xe000);
  for (let at = 0; at < triggers.length; at += 1) {
    const unit = triggers.charCodeAt(at);
    classOf[unit] = (classOf[unit] ?? 0) | unitClass.trigger;
  }
  const patterns = {
    classes: Uint16Array.from(classes),
    offsets: Int32Array.from(offsets),
    labels: Int32Array.from({ length: offsets.length - 1 }, (_, pattern) => pattern),
    classCount: used.length,
  };
  return { classOf, joined: new Uint16Array(0), patterns, collapse: true };
}
