/**
 * How sure a hit is, as a key below `rules:confidence.`. The numbers are those of the folds (screening/model.ts): width,
 * case, script and invisible characters lie above 0.95, fillers, repeats, digits and split texts above 0.82, look-alikes
 * at 0.8, pinyin and homophones below.
 */
export function confidenceWord(confidence: number): 'exact' | 'sure' | 'likely' | 'possible' | 'doubtful' {
  if (confidence >= 1) return 'exact';
  if (confidence >= 0.95) return 'sure';
  if (confidence >= 0.82) return 'likely';
  if (confidence >= 0.75) return 'possible';
  return 'doubtful';
}
