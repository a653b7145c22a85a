import { AppError } from '../../contract/errors.ts';
import { type Handlers, requireUser } from '../../contract/handlers.ts';
import { LexiconId, type LexiconVersionId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import { createMinutes } from '../../platform/minute-of-day.ts';
import type { Services } from '../../platform/services.ts';
import { recordAudit } from '../audit/index.ts';
import { builtInForms } from '../screening/index.ts';
import { readSettings } from '../settings/index.ts';
import type { LexiconWarning, TermView, lexiconsContract } from './contract.ts';
import { createBacktestHandlers } from './backtests.ts';
import { discardDraft, openDraft, requireDraft, startDraft } from './drafts.ts';
import { removeTerms, saveSettings, saveTerm } from './edits.ts';
import { createLexiconImporter } from './import-thread.ts';
import { minuteOfClock } from './minute-of-clock.ts';
import { type LexiconWarningKind, severityRank } from './model.ts';
import { settingsOf } from './options.ts';
import { publishDraft, requireSound } from './publish.ts';
import {
  insertLexicon,
  isNameTaken,
  selectLexicon,
  selectVersion,
  selectVersions,
  updateLexicon,
} from './repository.ts';
import { settingsChanges } from './settings-changes.ts';
import { addSuppression, endSuppression, listSuppressions } from './suppressions.ts';
import {
  countTermsBefore,
  selectCategories,
  selectTerm,
  selectTermByText,
  selectTermPage,
} from './term-repository.ts';
import { createTrier } from './trier.ts';
import { listLexicons, loadLexicon, termView, versionView } from './views.ts';

export interface LexiconsFeature {
  readonly handlers: Handlers<typeof lexiconsContract>;
  /** Ends what runs in the background. */
  close(): Promise<void>;
}

/** Lexicons: what is looked for. Drafts change, published versions never do. */
export function createLexiconsFeature(services: Services): LexiconsFeature {
  const reader = services.connection.query;
  const trier = createTrier(services);
  const importer = createLexiconImporter(services);

  /** Runs a change in its transaction, then tells the screens. */
  async function change<Result>(run: (writer: Writer) => Promise<Result>): Promise<Result> {
    const result = await reader.transaction().execute(run);
    services.emit({ type: 'changed', topics: ['lexicons', 'audit'] });
    return result;
  }

  /** The other word is named: it is what the reader has to look at. The entry is saved, whatever becomes of the question. */
  async function alikeWarnings(
    versionId: LexiconVersionId,
    { id, text, options }: TermView,
  ): Promise<readonly LexiconWarning[]> {
    // A rule's text is its name.
    if (options.rule !== null) return [];
    try {
      const other = await trier.findAlike({ versionId, id, text });
      return other === null
        ? []
        : [{ kind: 'same-when-folded' satisfies LexiconWarningKind, line: null, text: other }];
    } catch (error) {
      services.log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'alike-words-not-found');
      return [];
    }
  }

  return {
    async close() {
      await trier.close();
      await importer.close();
    },
    handlers: {
      ...createBacktestHandlers(services),

      'lexicons.list': () => listLexicons(reader),

      async 'lexicons.versions'({ lexiconId }) {
        await loadLexicon(reader, lexiconId);
        return (await selectVersions(reader, lexiconId)).map(versionView);
      },

      async 'lexicons.terms'({ versionId, query, category, severity, offset, limit }) {
        await requireVersion(reader, versionId);
        const filter = {
          query: query.trim(),
          category,
          severity: severity === null ? null : severityRank(severity),
        };
        const { rows, total } = await selectTermPage(reader, versionId, filter, { offset, limit });
        return { terms: rows.map(termView), total, categories: await selectCategories(reader, versionId) };
      },

      async 'lexicons.term'({ versionId, by }) {
        await requireVersion(reader, versionId);
        const row =
          'id' in by
            ? await selectTerm(reader, versionId, by.id)
            : await selectTermByText(reader, versionId, by.text);
        if (row === undefined) return null;
        return { ...termView(row), place: await countTermsBefore(reader, versionId, row.id) };
      },

      async 'lexicons.create'(input, context) {
        const user = requireUser(context);
        return change(async (writer) => {
          await requireFreeName(writer, input.name, null);
          const id = services.ids.next(LexiconId);
          await insertLexicon(writer, { id, ...input, origin: 'user', created_at: services.clock.now() });
          await recordAudit(writer, services.clock, user, {
            action: 'lexicons.create',
            recordKind: 'lexicon',
            recordId: id,
            after: { id, ...input, origin: 'user' },
          });
          // A lexicon without a version could only be looked at: it begins with an empty draft.
          await openDraft(writer, services, id, user.userId);
          return loadLexicon(writer, id);
        });
      },

      async 'lexicons.update'({ id, name, description, active }, context) {
        const user = requireUser(context);
        return change(async (writer) => {
          const before = await selectLexicon(writer, id);
          if (before === undefined) throw new AppError('not-found', 'There is no such lexicon.', { id });
          const switched = active !== (before.active === 1);
          // What is switched on or off is found or not found from now on, as by publishing: renaming changes nothing of that.
          if (switched && !user.permissions.has('lexicons:publish')) {
            throw new AppError(
              'forbidden',
              "Switching a lexicon on or off changes what screening finds: it needs the permission lexicons:publish, which your roles don't include.",
              { permission: 'lexicons:publish' },
            );
          }
          await requireFreeName(writer, name, id);
          await updateLexicon(writer, id, { name, description, active: active ? 1 : 0 });
          await recordAudit(writer, services.clock, user, {
            action: switched ? (active ? 'lexicons.activate' : 'lexicons.deactivate') : 'lexicons.update',
            recordKind: 'lexicon',
            recordId: id,
            before: { name: before.name, description: before.description, active: before.active === 1 },
            after: { name, description, active },
            details: { active, renamed: name !== before.name },
          });
          return loadLexicon(writer, id);
        });
      },

      async 'lexicons.startDraft'({ lexiconId }, context) {
        const user = requireUser(context);
        return change(async (writer) => {
          await startDraft(writer, services, user, lexiconId);
          return loadLexicon(writer, lexiconId);
        });
      },

      async 'lexicons.discardDraft'({ lexiconId }, context) {
        const user = requireUser(context);
        return change(async (writer) => {
          await discardDraft(writer, services, user, lexiconId);
          return loadLexicon(writer, lexiconId);
        });
      },

      'lexicons.builtInAliases': () =>
        Promise.resolve(builtInForms().map(({ target, written }) => ({ target, written: [...written] }))),

      async 'lexicons.saveSettings'(input, context) {
        const user = requireUser(context);
        return change(async (writer) =>
          loadLexicon(writer, await saveSettings(writer, services, user, input)),
        );
      },

      async 'lexicons.saveTerm'(input, context) {
        const user = requireUser(context);
        const { term, warnings } = await change((writer) => saveTerm(writer, services, user, input));
        return { term, warnings: [...warnings, ...(await alikeWarnings(input.versionId, term))] };
      },

      async 'lexicons.removeTerms'(input, context) {
        await change((writer) => removeTerms(writer, services, requireUser(context), input));
        return {};
      },

      async 'lexicons.importTerms'(input, context) {
        const { warnings, ...counts } = await importer.import(requireUser(context), input);
        services.emit({ type: 'changed', topics: ['lexicons', 'audit'] });
        const lexicon = await loadLexicon(reader, input.lexiconId);
        return { lexicon, ...counts, warnings: [...warnings] };
      },

      async 'lexicons.previewImport'(input) {
        const { add, replace } = await importer.preview(input);
        return { settings: { add, replace } };
      },

      'lexicons.export': ({ versionId, format }) => trier.exportVersion({ versionId, format }),

      async 'lexicons.publish'(input, context) {
        const user = requireUser(context);
        // What can't be published anyway needs no check of its examples.
        await requireDraft(reader, input.versionId);
        const checked = await requireSound(trier, input.versionId);
        return change(async (writer) => {
          const warnings = await publishDraft(writer, services, user, input, checked);
          return { lexicon: await loadLexicon(writer, input.lexiconId), warnings };
        });
      },

      async 'lexicons.checkDraft'({ versionId }) {
        const { problems, examples } = await trier.check({ versionId, publishing: false });
        return { problems, examples };
      },

      async 'lexicons.settingsChanges'({ versionId }) {
        const version = await requireVersion(reader, versionId);
        const { published } = await loadLexicon(reader, version.lexicon_id);
        return published === null ? null : settingsChanges(published.settings, settingsOf(version.settings));
      },

      async 'lexicons.tryText'({ versionId, texts, speaker, channel, time, entry }) {
        const now = services.clock.now();
        const { timeZone } = await readSettings(reader);
        return trier.tryText({
          versionId,
          texts,
          circumstances: {
            speaker,
            channel,
            kind: 'text',
            minuteOfDay: time === null ? createMinutes(timeZone)(now) : minuteOfClock(time),
            branch: null,
            productType: null,
          },
          now,
          entry,
        });
      },

      'lexicons.suppressions': ({ ended }) => listSuppressions(reader, ended ? null : services.clock.now()),

      'lexicons.addSuppression': async (input, context) =>
        change((writer) => addSuppression(writer, services, requireUser(context), input)),

      'lexicons.endSuppression': async ({ id }, context) =>
        change((writer) => endSuppression(writer, services, requireUser(context), id)),
    },
  };
}

async function requireVersion(reader: Reader, id: Parameters<typeof selectVersion>[1]) {
  const version = await selectVersion(reader, id);
  if (version === undefined) {
    throw new AppError(
      'not-found',
      'There is no such version of a lexicon: the draft may have been discarded.',
      { id },
    );
  }
  return version;
}

async function requireFreeName(reader: Reader, name: string, except: LexiconId | null): Promise<void> {
  if (await isNameTaken(reader, name, except)) {
    throw new AppError('name-taken', `There is a lexicon named "${name}" already. Choose another name.`, {
      name,
    });
  }
}
