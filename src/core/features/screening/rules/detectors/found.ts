/** What a detector found: offsets in the reading that it was given, what it read there, and the folds of that as bits. */
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly read: string;
  readonly folds: number;
}
