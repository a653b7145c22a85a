import { AppError } from '../../contract/errors.ts';
import { type Handlers, requireUser } from '../../contract/handlers.ts';
import type { Milliseconds } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import { readWorkspaceFile, writeWorkspaceFile } from '../../platform/workspace.ts';
import { recordAudit } from '../audit/index.ts';
import { isDomainName, plainHost } from '../screening/index.ts';
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
    allowedDomains: JSON.parse(rows.get('allowedDomains') ?? '[]'),
  });
}

/** Stores all settings, in the caller's transaction. */
export async function storeSettings(writer: Writer, settings: Settings, at: Milliseconds): Promise<void> {
  for (const [key, value] of Object.entries(settings))
    await writeSetting(writer, key, Array.isArray(value) ? JSON.stringify(value) : String(value), at);
}

/** The settings of a workspace that nobody has changed yet. */
export function defaultSettings(workspaceTitle: string): Settings {
  return {
    workspaceTitle,
    timeZone: defaultTimeZone,
    idleLockMinutes: defaultIdleLockMinutes,
    allowedDomains: [],
  };
}

export interface SettingsFeature {
  readonly handlers: Handlers<typeof settingsContract>;
}

export function createSettingsFeature(services: Services): SettingsFeature {
  const { connection, clock } = services;
  return {
    handlers: {
      'settings.get': () => readSettings(connection.query),
      async 'settings.update'(input, context) {
        const user = requireUser(context);
        checkTimeZone(input.timeZone);
        const domains = input.allowedDomains === undefined ? null : plainDomains(input.allowedDomains);
        const settings = await connection.query.transaction().execute(async (writer) => {
          const before = await readSettings(writer);
          const settings: Settings = { ...input, allowedDomains: domains ?? before.allowedDomains };
          await storeSettings(writer, settings, clock.now());
          await recordAudit(writer, clock, user, {
            action: 'settings.update',
            recordKind: 'settings',
            recordId: 'workspace',
            before,
            after: settings,
            details: { ...settings, allowedDomains: settings.allowedDomains.length },
          });
          return settings;
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

/** Domains in small letters, each once, by the alphabet. Throws `bad-input` for what is none. */
function plainDomains(domains: readonly string[]): string[] {
  const wrong = domains.find((domain) => !isDomainName(domain));
  if (wrong !== undefined) {
    throw new AppError(
      'bad-input',
      `${wrong} is no domain. Write it like example.com, without scheme and path.`,
      { path: 'allowedDomains', problem: 'bad-domain' },
    );
  }
  return [...new Set(domains.map(plainHost))].toSorted();
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
