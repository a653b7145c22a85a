import type { Node } from '@tiptap/pm/model';

import type { Block } from '../../../../core/features/reviews/material/contract.ts';
import { textOfBody } from '../../../../core/features/reviews/material/model.ts';
import { fromDocument } from './body-document.ts';

/** One block of the document: where its text stands in the body's text, and where in the editor. */
interface Place {
  readonly start: number;
  readonly length: number;
  /** The editor's position of the text's beginning; of a picture that of the picture. */
  readonly position: number;
  readonly picture: boolean;
}

function placesOf(document: Node): readonly Place[] {
  const places: Place[] = [];
  let start = 0;
  document.descendants((node, position) => {
    if (node.type.name === 'picture') {
      const alt: unknown = node.attrs['alt'];
      const length = typeof alt === 'string' ? alt.length : 0;
      places.push({ start, length, position, picture: true });
      start += length + 1;
      return false;
    }
    if (!node.isTextblock) return true;
    // A hard break takes one position in the editor and is one character of the text.
    const length = node.content.size;
    places.push({ start, length, position: position + 1, picture: false });
    start += length + 1;
    return false;
  });
  return places;
}

export interface EditorRange {
  readonly from: number;
  readonly to: number;
}

/** The editor's ranges for a stretch of the body's text: one for each block that it touches. Offsets are UTF-16. */
export function rangesOf(document: Node, start: number, end: number): readonly EditorRange[] {
  return placesOf(document).flatMap((place) => {
    const from = Math.max(start, place.start);
    const to = Math.min(end, place.start + place.length);
    if (from >= to) return [];
    if (place.picture) return [{ from: place.position, to: place.position + 1 }];
    return [{ from: place.position + from - place.start, to: place.position + to - place.start }];
  });
}

/** The offset in the body's text of a position in the editor. */
export function offsetOf(document: Node, position: number): number {
  let offset = 0;
  for (const place of placesOf(document)) {
    if (place.position > position) break;
    offset = place.start + (place.picture ? 0 : Math.min(place.length, position - place.position));
  }
  return offset;
}

/** The body's text as the document has it now. */
export function textOfDocument(document: Node): string {
  return textOfBody(bodyOf(document));
}

export function bodyOf(document: Node): readonly Block[] {
  return fromDocument(document.toJSON());
}
