import { type Circumstances, type FactTime, type JsonObject, idOf, idOrNull, isObject } from '../records.ts';
import { midnight, timeOfValue, wholeDayOf } from '../times.ts';

/** Where whoever saves an answer puts what the request was. */
const besideKeys = ['request', 'req', 'params', 'param', 'query', 'input', 'owner_filter'] as const;
const dayKeys = [
  'as_of',
  'asOf',
  'as_of_date',
  'asof',
  'date',
  'day',
  'snapshot_date',
  'snapshot_at',
  'export_date',
  'exported_at',
  'fetched_at',
  'called_at',
  'pulled_at',
  'collected_at',
  'requested_at',
  'request_time',
  'timestamp',
  'time',
] as const;

/**
 * An answer of the API with what stands beside it: fields of the request that were saved into the answer, next to it in an
 * object around it, or in a `request`.
 */
export class Answer {
  /** The answer itself. */
  readonly body: JsonObject;
  readonly circumstances: Circumstances;
  /** The answer and what is around it, from the inside out. */
  readonly #layers: readonly JsonObject[];

  constructor(layers: readonly [JsonObject, ...JsonObject[]], circumstances: Circumstances) {
    this.body = layers[0];
    this.circumstances = circumstances;
    this.#layers = layers.flatMap((layer) => [
      layer,
      ...besideKeys.flatMap((key) => {
        const beside = layer[key];
        if (!isObject(beside)) return [];
        const filter = beside['owner_filter'];
        return isObject(filter) ? [beside, filter] : [beside];
      }),
    ]);
  }

  /** An id that the answer or the request names. */
  id(...names: readonly string[]): string | null {
    for (const name of names) {
      for (const layer of this.#layers) {
        const id = idOf(layer, name);
        if (id !== null) return id;
      }
    }
    return null;
  }

  /** Ids of an array that the answer or the request names; null where there is none. */
  ids(...names: readonly string[]): readonly string[] | null {
    for (const layer of this.#layers) {
      for (const name of names) {
        const value = layer[name];
        if (Array.isArray(value)) {
          return value.flatMap((id) => idOrNull(id) ?? []);
        }
      }
    }
    return null;
  }

  field(name: string): unknown {
    return this.#layers.find((layer) => Object.hasOwn(layer, name))?.[name];
  }

  /**
   * When the answer was given: the day that whoever imports has named, else what stands beside the answer, else the day in the
   * file's name, else the import's. A time of day beside the answer holds where it doesn't contradict.
   */
  time(): FactTime {
    const { asOf, fileDay, today, timeZone } = this.circumstances;
    const beside = this.#timeBeside();
    if (asOf !== null) {
      const named = { at: midnight(asOf, timeZone), wholeDay: true };
      return beside !== null && wholeDayOf(beside.at, timeZone).at === named.at ? beside : named;
    }
    return beside ?? { at: midnight(fileDay ?? today, timeZone), wholeDay: true };
  }

  /** The day of `time`: pages of one list are fetched one after another, and are one list. */
  day(): FactTime {
    return wholeDayOf(this.time().at, this.circumstances.timeZone);
  }

  #timeBeside(): FactTime | null {
    for (const layer of this.#layers) {
      for (const key of dayKeys) {
        if (!Object.hasOwn(layer, key)) continue;
        const time = timeOfValue(layer[key], this.circumstances.timeZone);
        if (time !== null) return time;
      }
    }
    return null;
  }
}
