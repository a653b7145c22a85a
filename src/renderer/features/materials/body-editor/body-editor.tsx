import { type Editor, EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Block } from '../../../../core/features/reviews/material/contract.ts';
import { maxBodyLength } from '../../../../core/features/reviews/material/model.ts';
import styles from './body-editor.module.css';
import { toDocument } from './body-document.ts';
import { BodyToolbar } from './body-toolbar.tsx';
import { type BodyMark, bodyExtensions, marksNote } from './extensions.ts';
import { cleanPastedHtml } from './paste.ts';
import { bodyOf, offsetOf, rangesOf, textOfDocument } from './places.ts';

/** What a screen may ask of the editor that it shows. */
export interface BodyEditorHandle {
  /** Selects a stretch of the body's text and brings it into sight. */
  reveal(start: number, end: number): void;
  /** Writes text over a stretch, as typing would: it can be undone, and is saved. */
  replace(start: number, end: number, text: string): void;
  /** The selected stretch of the body's text. */
  selection(): { readonly start: number; readonly end: number };
}

export interface BodyEditorProps {
  readonly label: string;
  /** What it begins with; mount it anew (`key`) for another text. */
  readonly body: readonly Block[];
  readonly editable: boolean;
  readonly marks: { readonly text: string; readonly list: readonly BodyMark[] };
  readonly onChange?: (body: readonly Block[]) => void;
  readonly onMark?: (id: string) => void;
  /** The stretch of text that is selected, whenever it changes. */
  readonly onSelect?: (start: number, end: number) => void;
  readonly onReady?: (handle: BodyEditorHandle) => void;
  /** Files that were pasted or dropped: attachments. */
  readonly onFiles?: (files: readonly File[]) => void;
}

/** The body of a material: rich text of the few kinds that a body can have, with marks over what is pointed at. */
export function BodyEditor(props: BodyEditorProps) {
  const { t } = useTranslation('materials');
  const [refused, setRefused] = useState<number | null>(null);
  const changed = useEffectEvent((body: readonly Block[]) => props.onChange?.(body));
  const marked = useEffectEvent((id: string) => props.onMark?.(id));
  const selected = useEffectEvent((start: number, end: number) => props.onSelect?.(start, end));
  const files = useEffectEvent((list: readonly File[]) => props.onFiles?.(list));
  const ready = useEffectEvent((handle: BodyEditorHandle) => props.onReady?.(handle));

  const editor = useEditor({
    extensions: bodyExtensions(),
    content: toDocument(props.body),
    editable: props.editable,
    // Its style sheet is ours: an injected one would need the nonce, and comes too late for the first paint.
    injectCSS: false,
    editorProps: {
      attributes: {
        class: styles['body'] ?? '',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': props.label,
        ...(props.editable ? {} : { 'aria-readonly': 'true', tabindex: '0' }),
      },
      transformPastedHTML: (html) => cleanPastedHtml(html, window),
      handlePaste: (view, event) => {
        const pasted = [...(event.clipboardData?.files ?? [])];
        const text = event.clipboardData?.getData('text/plain') ?? '';
        // Word puts a picture of the text beside the text: only a file without text is a file.
        if (pasted.length > 0 && text === '') {
          files(pasted);
          return true;
        }
        const length = view.state.doc.textContent.length + text.length;
        if (length <= maxBodyLength) {
          setRefused(null);
          return false;
        }
        setRefused(length);
        return true;
      },
      handleDrop: (_view, event) => {
        const dropped = [...(event.dataTransfer?.files ?? [])];
        if (dropped.length === 0) return false;
        event.preventDefault();
        event.stopPropagation();
        files(dropped);
        return true;
      },
      handleClick: (_view, _position, event) => {
        const mark =
          event.target instanceof Element ? event.target.closest<HTMLElement>('[data-mark]') : null;
        const id = mark?.dataset['mark'];
        if (id !== undefined) marked(id);
        return false;
      },
    },
    onCreate: ({ editor: created }) => ready(handleOf(created)),
    onUpdate: ({ editor: updated }) => changed(bodyOf(updated.state.doc)),
    onSelectionUpdate: ({ editor: current }) => {
      const { from, to } = current.state.selection;
      selected(offsetOf(current.state.doc, from), offsetOf(current.state.doc, to));
    },
  });

  useEffect(() => {
    editor.setEditable(props.editable, false);
  }, [editor, props.editable]);

  const { text, list } = props.marks;
  useEffect(() => {
    // Marks of an older text would stand in the wrong places: those that are shown move along until newer ones come.
    if (editor.isDestroyed || textOfDocument(editor.state.doc) !== text) return;
    editor.view.dispatch(editor.state.tr.setMeta(marksNote, list).setMeta('addToHistory', false));
  }, [editor, text, list]);

  return (
    <div className={styles['editor']} data-editable={props.editable || undefined}>
      {props.editable && <BodyToolbar editor={editor} label={t('editor.toolbar')} />}
      {refused !== null && (
        <p role="alert" className={styles['refused']}>
          {t('editor.tooLong', { length: refused, limit: maxBodyLength })}
        </p>
      )}
      <EditorContent editor={editor} />
    </div>
  );
}

function handleOf(editor: Editor): BodyEditorHandle {
  const place = (start: number, end: number) => {
    const ranges = rangesOf(editor.state.doc, start, end);
    const first = ranges[0];
    const last = ranges.at(-1);
    return first === undefined || last === undefined ? null : { from: first.from, to: last.to };
  };
  return {
    reveal(start, end) {
      const range = place(start, end);
      if (range !== null) editor.chain().focus().setTextSelection(range).scrollIntoView().run();
    },
    replace(start, end, text) {
      const range = place(start, end);
      if (range !== null) editor.chain().focus().insertContentAt(range, { type: 'text', text }).run();
    },
    selection() {
      const { from, to } = editor.state.selection;
      return { start: offsetOf(editor.state.doc, from), end: offsetOf(editor.state.doc, to) };
    },
  };
}
