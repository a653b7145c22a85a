import { Select } from 'antd';

import { markedWrong } from './field-error.tsx';

/** A list of words or phrases: each is typed and ended with Enter, or many are pasted, one a line. */
export function PhrasesInput({
  id,
  label,
  value,
  onChange,
  placeholder,
  options,
  errorId,
  max = 100,
}: {
  readonly id?: string;
  readonly label: string;
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly placeholder?: string;
  /** What can be picked besides typing. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** Of the words below that say what is wrong; undefined where nothing is. */
  readonly errorId?: string | undefined;
  readonly max?: number;
}) {
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="tags"
      aria-label={label}
      placeholder={placeholder}
      value={[...value]}
      maxCount={max}
      onChange={(next: string[]) => onChange(next.map((text) => text.trim()).filter((text) => text !== ''))}
      tokenSeparators={['\n']}
      {...markedWrong(errorId)}
      {...(options === undefined ? { open: false, suffixIcon: null } : { options: [...options] })}
      style={{ width: '100%' }}
    />
  );
}
