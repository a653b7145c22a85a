import { withVisibleMarks } from '../../components/invisible.ts';

/** What an import is called wherever it is named: its first file, and how many more. */
export function titleOf(view: { readonly files: readonly { readonly name: string }[] }): string {
  const [first] = view.files;
  if (!first) return '–';
  const name = withVisibleMarks(first.name);
  return view.files.length === 1 ? name : `${name} + ${view.files.length - 1}`;
}
