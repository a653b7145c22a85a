export interface ProductFileStart {
  /** The file's bytes; the thread gets a copy. */
  readonly bytes: Uint8Array;
  readonly fileName: string;
}
