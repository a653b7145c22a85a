/** A seeded source of choices, so that the demo is the same every time and tests can name what is in it. */
export interface Choices {
  /** At least 0, below 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
}

/** Mulberry32: 32 bits of state are plenty for invented chat, and the same on every machine. */
export function createChoices(seed: number): Choices {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  return {
    next,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick(items) {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    chance: (probability) => next() < probability,
  };
}

/** Replaces each `{a|b|c}` by one of its alternatives, and each `<name>` by what `slots` gives for it. */
export function expand(
  template: string,
  choices: Choices,
  slots: Readonly<Record<string, () => string>>,
): string {
  return template
    .replaceAll(/\{([^{}]*)\}/g, (_, alternatives: string) => choices.pick(alternatives.split('|')))
    .replaceAll(/<([a-zA-Z]+)>/g, (_, name: string) => {
      const slot = slots[name];
      if (slot === undefined) throw new Error(`the template names an unknown slot <${name}>`);
      return slot();
    });
}
