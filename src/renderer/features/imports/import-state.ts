import type { StateName } from '../../components/StateTag.tsx';
import type { ImportFileView, ImportView } from '../../../core/features/archive/contract.ts';

/** The state that an import is shown with: one that ended with files that were refused does not look done. */
export function shownStateOf(view: {
  readonly state: ImportView['state'];
  readonly files: readonly Pick<ImportFileView, 'state'>[];
}): StateName {
  const failed = view.files.filter((file) => file.state === 'failed').length;
  if (view.state !== 'done' || failed === 0) return view.state;
  return failed === view.files.length ? 'failed' : 'partlyFailed';
}
