import { foldBit, foldNamesOf } from './folds.ts';
import type { MatchStep } from './model.ts';
import { type View, endOf, startOf } from './view.ts';

/** The steps of a match that is being lined up, where somebody asks for them; `written` of each is left to whoever holds the original. */
export class StepNotes {
  #steps: MatchStep[] | null = null;

  /** Whether they are asked for. */
  get isOn(): boolean {
    return this.#steps !== null;
  }

  get count(): number {
    return this.#steps?.length ?? 0;
  }

  /** Begins to keep them. */
  begin(): void {
    this.#steps = [];
  }

  /** Keeps them no longer, and answers those that were. */
  end(): MatchStep[] {
    const steps = this.#steps ?? [];
    this.#steps = null;
    return steps;
  }

  /** Forgets all but the first `count`. */
  cut(count: number): void {
    this.#steps?.splice(count);
  }

  /** Begins anew, where they are asked for; what was kept can be put back. */
  renew(): MatchStep[] | null {
    const steps = this.#steps;
    if (steps !== null) this.#steps = [];
    return steps;
  }

  putBack(steps: MatchStep[] | null): void {
    this.#steps = steps;
  }

  /** Notes how a stretch of the view is read. */
  add(view: View, from: number, to: number, read: string, bits: number): void {
    const steps = this.#steps;
    if (steps === null) return;
    const start = startOf(view, from);
    const end = endOf(view, to - 1);
    const last = steps.at(-1);
    // The units of one rewritten stretch are one step.
    if (last !== undefined && last.start === start && last.end === end && view.map !== null) {
      steps[steps.length - 1] = {
        ...last,
        read: last.read + read,
        folds: foldNamesOf(bitsOfStep(last) | bits),
      };
      return;
    }
    steps.push({ start, end, written: '', read, folds: foldNamesOf(bits) });
  }

  /** Notes what of a run stands before or behind all that was noted. */
  addBeside(view: View, edge: number, to: number, bits: number): void {
    const own = { written: '', read: '', folds: foldNamesOf(bits) };
    if (to < edge) this.#steps?.unshift({ start: startOf(view, to), end: startOf(view, edge), ...own });
    else this.#steps?.push({ start: endOf(view, edge), end: endOf(view, to), ...own });
  }
}

function bitsOfStep(step: MatchStep): number {
  return step.folds.reduce((bits, name) => bits | foldBit[name], 0);
}
