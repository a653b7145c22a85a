import { handoverWords } from '../../../core/features/handovers/model.ts';
import { usePreferences } from '../../preferences.ts';

/** What the things of a handover are called, in the language of the screen. */
export function useWords() {
  return handoverWords[usePreferences().language];
}
