import { Extension, Node, mergeAttributes } from '@tiptap/react';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { StarterKit } from '@tiptap/starter-kit';

import { rangesOf } from './places.ts';

/** A picture of the body: its bytes are an attachment; here stands what it shows, in words. */
const Picture = Node.create({
  name: 'picture',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes() {
    return { blobId: { default: '' }, alt: { default: '' } };
  },
  parseHTML() {
    return [{ tag: 'figure[data-picture]' }];
  },
  renderHTML({ HTMLAttributes, node }) {
    return [
      'figure',
      mergeAttributes(HTMLAttributes, { 'data-picture': '' }),
      ['figcaption', {}, String(node.attrs['alt'])],
    ];
  },
});

/** A stretch of the body's text that is pointed at: by a finding of the pre-check, or by a comment. */
export interface BodyMark {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly kind: 'block' | 'warn' | 'note' | 'comment' | 'must-fix';
  /** What a screen reader and the pointer are told. */
  readonly label: string;
  readonly current: boolean;
}

const marksKey = new PluginKey<DecorationSet>('body-marks');

/** The transaction's note that carries new marks. */
export const marksNote = 'body-marks';

function decorationsOf(document: Parameters<typeof rangesOf>[0], marks: readonly BodyMark[]): DecorationSet {
  return DecorationSet.create(
    document,
    marks.flatMap((mark) =>
      rangesOf(document, mark.start, mark.end).map(({ from, to }) =>
        Decoration.inline(from, to, {
          class: 'body-mark',
          'data-kind': mark.kind,
          'data-mark': mark.id,
          title: mark.label,
          ...(mark.current ? { 'data-current': '' } : {}),
        }),
      ),
    ),
  );
}

/** Shows marks over the text, and carries them along while somebody types, until new ones come. */
const Marks = Extension.create({
  name: 'bodyMarks',
  addProseMirrorPlugins() {
    return [
      new Plugin<DecorationSet>({
        key: marksKey,
        state: {
          init: () => DecorationSet.empty,
          apply(transaction, shown) {
            const marks: unknown = transaction.getMeta(marksNote);
            if (isMarks(marks)) return decorationsOf(transaction.doc, marks);
            return shown.map(transaction.mapping, transaction.doc);
          },
        },
        props: { decorations: (state) => marksKey.getState(state) },
      }),
    ];
  },
});

function isMarks(value: unknown): value is readonly BodyMark[] {
  return Array.isArray(value);
}

/** What a body can be made of: what `Block` and `Run` can say, and nothing else. */
export function bodyExtensions() {
  return [
    StarterKit.configure({
      code: false,
      codeBlock: false,
      horizontalRule: false,
      // An empty paragraph at the end that nobody typed would make a new version.
      trailingNode: false,
      heading: { levels: [1, 2, 3] },
      link: {
        openOnClick: false,
        autolink: false,
        protocols: ['http', 'https', 'mailto', 'tel'],
        defaultProtocol: 'https',
      },
    }),
    Picture,
    Marks,
  ];
}
