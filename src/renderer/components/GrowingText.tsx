import { Input } from 'antd';
import type { TextAreaProps } from 'antd/es/input';

/** What a text of several lines needs: it grows with the text by itself, up to a part of the window, and scrolls then. */
const growing = { fieldSizing: 'content', minHeight: '3.6em', maxHeight: '40vh' } as const;

/**
 * A text area that grows with its text. antd's own `autoSize` measures with a style attribute, which the page's policy
 * refuses.
 */
export function GrowingText(props: Omit<TextAreaProps, 'autoSize' | 'style' | 'rows'>) {
  return <Input.TextArea {...props} style={growing} />;
}
