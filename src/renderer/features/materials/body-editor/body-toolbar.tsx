import {
  BoldOutlined,
  ItalicOutlined,
  LinkOutlined,
  OrderedListOutlined,
  RedoOutlined,
  StrikethroughOutlined,
  UnderlineOutlined,
  UndoOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons';
import { type Editor, useEditorState } from '@tiptap/react';
import { Button, Input, Popover } from 'antd';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import styles from './body-editor.module.css';

interface Tool {
  /** A key below `editor.tool.`. */
  readonly id: string;
  readonly icon: ReactNode;
  readonly active: (editor: Editor) => boolean;
  readonly run: (editor: Editor) => void;
  readonly can?: (editor: Editor) => boolean;
}

const heading = (level: 1 | 2 | 3): Tool => ({
  id: `heading${level}`,
  // Drawn by the style sheet: what stands in the button would have to be part of its name.
  icon: <span className={styles['letters']} data-letters={`H${level}`} />,
  active: (editor) => editor.isActive('heading', { level }),
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
});

const tools: readonly Tool[] = [
  {
    id: 'bold',
    icon: <BoldOutlined />,
    active: (editor) => editor.isActive('bold'),
    run: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    id: 'italic',
    icon: <ItalicOutlined />,
    active: (editor) => editor.isActive('italic'),
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  {
    id: 'underline',
    icon: <UnderlineOutlined />,
    active: (editor) => editor.isActive('underline'),
    run: (editor) => editor.chain().focus().toggleUnderline().run(),
  },
  {
    id: 'strike',
    icon: <StrikethroughOutlined />,
    active: (editor) => editor.isActive('strike'),
    run: (editor) => editor.chain().focus().toggleStrike().run(),
  },
  heading(1),
  heading(2),
  heading(3),
  {
    id: 'bulletList',
    icon: <UnorderedListOutlined />,
    active: (editor) => editor.isActive('bulletList'),
    run: (editor) => editor.chain().focus().toggleBulletList().run(),
  },
  {
    id: 'orderedList',
    icon: <OrderedListOutlined />,
    active: (editor) => editor.isActive('orderedList'),
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  {
    id: 'quote',
    icon: <span aria-hidden="true">❝</span>,
    active: (editor) => editor.isActive('blockquote'),
    run: (editor) => editor.chain().focus().toggleBlockquote().run(),
  },
  {
    id: 'undo',
    icon: <UndoOutlined />,
    active: () => false,
    run: (editor) => editor.chain().focus().undo().run(),
    can: (editor) => editor.can().undo(),
  },
  {
    id: 'redo',
    icon: <RedoOutlined />,
    active: () => false,
    run: (editor) => editor.chain().focus().redo().run(),
    can: (editor) => editor.can().redo(),
  },
];

/** One stop of the Tab key; arrows walk between its buttons (WAI-ARIA's toolbar pattern). */
export function BodyToolbar({ editor, label }: { readonly editor: Editor; readonly label: string }) {
  const { t } = useTranslation('materials');
  const bar = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const state = useEditorState({
    editor,
    selector: ({ editor: shown }) =>
      tools.map((tool) => ({ active: tool.active(shown), enabled: tool.can?.(shown) ?? true })),
  });
  const count = tools.length + 1;

  function walk(event: KeyboardEvent<HTMLDivElement>) {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -current, End: count - 1 - current }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = (current + step + count) % count;
    setCurrent(next);
    bar.current?.querySelectorAll<HTMLButtonElement>(`.${styles['tool'] ?? ''}`)[next]?.focus();
  }

  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={label}
      className={styles['toolbar']}
      tabIndex={-1}
      onKeyDown={walk}
    >
      {tools.map((tool, index) => (
        <button
          key={tool.id}
          type="button"
          className={styles['tool']}
          aria-label={t(`editor.tool.${tool.id}`)}
          title={t(`editor.tool.${tool.id}`)}
          {...(tool.can === undefined
            ? { 'aria-pressed': state[index]?.active ?? false }
            : { 'aria-disabled': state[index]?.enabled === false })}
          tabIndex={index === current ? 0 : -1}
          onFocus={() => setCurrent(index)}
          onClick={() => tool.run(editor)}
        >
          {tool.icon}
        </button>
      ))}
      <LinkTool
        editor={editor}
        tabIndex={current === tools.length ? 0 : -1}
        onFocus={() => setCurrent(tools.length)}
      />
    </div>
  );
}

const opensWith = /^(https?:\/\/|mailto:|tel:)/i;

function LinkTool({
  editor,
  tabIndex,
  onFocus,
}: {
  readonly editor: Editor;
  readonly tabIndex: number;
  readonly onFocus: () => void;
}) {
  const { t } = useTranslation('materials');
  const [address, setAddress] = useState<string | null>(null);
  const active = useEditorState({ editor, selector: ({ editor: shown }) => shown.isActive('link') });
  const written = (address ?? '').trim();
  const wrong = written !== '' && !opensWith.test(written);

  function open() {
    const href: unknown = editor.getAttributes('link')['href'];
    setAddress(typeof href === 'string' ? href : '');
  }
  function apply() {
    if (wrong) return;
    const chain = editor.chain().focus().extendMarkRange('link');
    if (written === '') chain.unsetLink().run();
    else chain.setLink({ href: written }).run();
    setAddress(null);
  }

  return (
    <Popover
      open={address !== null}
      trigger="click"
      onOpenChange={(next) => (next ? open() : setAddress(null))}
      content={
        <div className={styles['link']}>
          <Input
            autoFocus
            value={address ?? ''}
            aria-label={t('editor.linkAddress')}
            placeholder="https://"
            {...(wrong ? { status: 'error' as const } : {})}
            onChange={(event) => setAddress(event.target.value)}
            onPressEnter={(event) => {
              // An input method's Enter chooses a word.
              if (!event.nativeEvent.isComposing) apply();
            }}
            onKeyDown={(event) => {
              event.stopPropagation();
              if (event.key === 'Escape') setAddress(null);
            }}
          />
          <Button type="primary" disabled={wrong} onClick={apply}>
            {t(written === '' ? 'editor.linkRemove' : 'editor.linkApply')}
          </Button>
          {wrong && <p role="alert">{t('editor.linkWrong')}</p>}
        </div>
      }
    >
      <button
        type="button"
        className={styles['tool']}
        aria-label={t('editor.tool.link')}
        title={t('editor.tool.link')}
        aria-pressed={active}
        tabIndex={tabIndex}
        onFocus={onFocus}
      >
        <LinkOutlined />
      </button>
    </Popover>
  );
}
