import { AppError } from '../../contract/errors.ts';
import { type Handlers, requireUser } from '../../contract/handlers.ts';
import type { Milliseconds } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import { readWorkspaceFile, writeWorkspaceFile } from '../../platform/workspace.ts';
import { recordAudit } from '../audit/index.ts';
import { Settings, type settingsContract } from './contract.ts';
import { readSettingRows, writeSetting } from './repository.ts';

/** Fifteen minutes: the longest that PCI DSS 4.0 §8.2.8 lets an unattended session stay open. */
const defaultIdleLockMinutes = 15;
const defaultTimeZone = 'Asia/Shanghai';

/** The workspace's settings; what was never set has its default. */
export async function readSettings(reader: Reader): Promise<Settings> {
  const rows = await readSettingRows(reader);
  return Settings.parse({
    workspaceTitle: rows.get('workspaceTitle') ?? 'Countersign',
    timeZone: rows.get('timeZone') ?? defaultTimeZone,
    idleLockMinutes: Number(rows.get('idleLockMinutes') ?? defaultIdleLockMinutes),
  });
}

/** Stores all settings, in the caller's transaction. */
export async function storeSettings(writer: Writer, settings: Settings, at: Milliseconds): Promise<void> {
  for (const [key, value] of Object.entries(settings)) await writeSetting(writer, key, String(value), at);
}

/** The settings of a workspace that nobody has changed yet. */
export function defaultSettings(workspaceTitle: string): Settings {
  return { workspaceTitle, timeZone: defaultTimeZone, idleLockMinutes: defaultIdleLockMinutes };
}

export interface SettingsFeature {
  readonly handlers: Handlers<typeof settingsContract>;
}

export function createSettingsFeature(services: Services): SettingsFeature {
  const { connection, clock } = services;
  return {
    handlers: {
      'settings.get': () => readSettings(connection.query),
      async 'settings.update'(settings, context) {
        const user = requireUser(context);
        checkTimeZone(settings.timeZone);
        await connection.query.transaction().execute(async (writer) => {
          const before = await readSettings(writer);
          await storeSettings(writer, settings, clock.now());
          await recordAudit(writer, clock, user, {
            action: 'settings.update',
            recordKind: 'settings',
            recordId: 'workspace',
            before,
            after: settings,
            details: { ...settings },
          });
        });
        // workspace.json repeats the title, so that the list of workspaces can show it without opening each.
        const file = await readWorkspaceFile(services.directory);
        if (file.title !== settings.workspaceTitle) {
          await writeWorkspaceFile(services.directory, { ...file, title: settings.workspaceTitle });
        }
        services.emit({ type: 'changed', topics: ['settings', 'audit'] });
        return settings;
      },
    },
  };
}

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch (error) {
    throw new AppError(
      'bad-input',
      `${timeZone} is no time zone. Use an IANA name such as Asia/Shanghai.`,
      { path: 'timeZone', problem: 'unknown time zone' },
      error,
    );
  }
}
