import { workerData } from 'node:worker_threads';

import type { LexiconVersionId } from '../../contract/ids.ts';
import { openDatabase } from '../../platform/database/connection.ts';
import { answerQuestions } from '../../platform/threads/serve.ts';
import { canonicalJson } from '../audit/index.ts';
import { exampleProblems, runExamples } from '../screening/index.ts';
import { createAlikeWords } from './alike-words.ts';
import { selectLastChange } from './repository.ts';
import { checkRules } from './rule-check.ts';
import { listSuppressions } from './suppressions.ts';
import { type TriedVersion, createVersionCompiler, readVersion } from './tried-version.ts';
import type {
  CheckVersion,
  CheckedVersion,
  TriedText,
  TryQuestions,
  TryStart,
  TryText,
} from './try-protocol.ts';
import { draftProblems, tryTexts } from './try-text.ts';
import { contentOf, exportVersion } from './whole-version.ts';

// Tries versions of lexicons beside the app's thread: reads the version, compiles it
// once for as long as nobody changes it, and answers one request after another.

const { database } = workerData as TryStart;
const connection = openDatabase(database, { readonly: true });
const reader = connection.query;

const findAlike = createAlikeWords(reader);

let version: TriedVersion | null = null;
let compiled: {
  readonly suppressions: string;
  readonly compiler: ReturnType<typeof createVersionCompiler>;
} | null = null;

async function currentVersion(versionId: LexiconVersionId): Promise<TriedVersion> {
  if (version !== null && version.versionId === versionId) {
    if ((await selectLastChange(reader, version.lexiconId)) === version.change) return version;
  }
  compiled = null;
  version = await readVersion(reader, versionId);
  return version;
}

async function tryText(request: TryText): Promise<TriedText> {
  const current = await currentVersion(request.versionId);
  const suppressions = await listSuppressions(reader, request.now);
  const stamp = canonicalJson(suppressions);
  if (compiled?.suppressions !== stamp) {
    compiled = { suppressions: stamp, compiler: createVersionCompiler(current, suppressions) };
  }
  const { compiler } = compiled;
  const { entry } = request;
  const result = tryTexts(entry === null ? compiler.plain() : compiler.edited(entry), request, suppressions);
  const edited = entry === null ? null : entry.term.text.trim();
  const ids = new Map(current.entries.map(({ text, id }) => [text, id]));
  const idOf = (text: string) => (text === edited ? (entry?.id ?? null) : (ids.get(text) ?? null));
  return { ...result, problems: draftProblems(result.problems, idOf) };
}

async function check(request: CheckVersion): Promise<CheckedVersion> {
  const current = await currentVersion(request.versionId);
  const { problems, usable, settings } = checkRules(current.entries, current.settings);
  const entries = usable.flatMap((index) => current.entries[index] ?? []);
  const ids = new Map(current.entries.map(({ text, id }) => [text, id]));
  return {
    problems: draftProblems(
      [...problems, ...exampleProblems(runExamples(entries, settings))],
      (text) => ids.get(text) ?? null,
    ),
    examples: current.entries.reduce((sum, { options }) => sum + options.examples.length, 0),
    change: current.change,
    content: request.publishing ? contentOf(current) : null,
  };
}

answerQuestions<TryQuestions>({
  try: tryText,
  check,
  alike: findAlike,
  export: (request) => exportVersion(reader, request),
});
