import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { foldNames } from '../../../core/features/screening/model.ts';
import type { LexiconSettings } from '../../../core/features/screening/rules/model.ts';
import { useMutate } from '../../api/hooks.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { useHeldWindow } from '../../components/use-held-window.ts';
import { BuiltInAliases } from './built-in-aliases.tsx';
import { ChangedMeanwhile, overtakenBy } from './changed-meanwhile.tsx';
import { FoldChoices } from './fold-choices.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import styles from './lexicons.module.css';
import { AliasRows, ComponentRows, errorId, isCharacter } from './settings-tables.tsx';

type Version = ProcedureOutput<'lexicons.versions'>[number];

/** Settings as somebody is changing them, and which state of them that began from. */
interface Edited {
  readonly revision: number;
  readonly settings: LexiconSettings;
}

/** The form's own: a button outside of it saves the settings as well. */
export const settingsFormId = 'lexicon-settings';

/** What holds for the whole version: its folds, and its tables of aliases and taken-apart characters. */
export function SettingsSection({
  version,
  editable,
  onUnsaved,
  onRefused,
}: {
  readonly version: Version;
  readonly editable: boolean;
  /** Stays the same function. */
  readonly onUnsaved: (unsaved: boolean) => void;
  /** They could not be saved; why is said at the foot. */
  readonly onRefused: () => void;
}) {
  const { t } = useTranslation('rules');
  const save = useMutate('lexicons.saveSettings', { toast: false });
  // Null while nothing is changed: what others save is shown then.
  const [edited, setEdited] = useState<Edited | null>(null);
  const [asked, setAsked] = useState(false);
  const [saved, setSaved] = useState(false);
  const settings = edited?.settings ?? version.settings;
  const changed =
    editable && edited !== null && JSON.stringify(edited.settings) !== JSON.stringify(version.settings);
  if (edited !== null && !changed) setEdited(null);
  useEffect(() => {
    onUnsaved(changed);
    return () => onUnsaved(false);
  }, [changed, onUnsaved]);
  const leaving = useBlocker(changed);
  useHeldWindow(changed);
  const overtaken = changed ? overtakenBy(save.error) : null;
  const revert = () => {
    save.reset();
    setEdited(null);
  };
  const incomplete =
    settings.aliases.some(({ target, written }) => target.trim() === '' || written.length === 0) ||
    settings.components.some(({ character, parts }) => !isCharacter(character) || parts.length < 2);
  const set = (change: Partial<LexiconSettings>) => {
    setSaved(false);
    // The state that the first change was made to: what others save meanwhile must not pass for it.
    const revision = edited?.revision ?? version.settingsRevision;
    setEdited({ revision, settings: { ...settings, ...change } });
  };
  const submit = (revision: number) => {
    setAsked(true);
    if (incomplete) {
      onRefused();
      return;
    }
    save.mutate(
      { versionId: version.id, revision, settings },
      {
        onError: onRefused,
        onSuccess: ({ draft }) => {
          setSaved(true);
          // Shown until the version comes with it.
          setEdited(draft === null ? null : { revision: draft.settingsRevision, settings: draft.settings });
        },
      },
    );
  };
  return (
    <form
      id={settingsFormId}
      className={styles['settings']}
      onSubmit={(event) => {
        event.preventDefault();
        submit(edited?.revision ?? version.settingsRevision);
      }}
    >
      <div className={styles['settingsBody']}>
        {!editable && <p className={styles['notice']}>{t('settings.readOnly')}</p>}
        <section aria-labelledby="settings-folds">
          <h3 id="settings-folds">{t('settings.folds')}</h3>
          <p className={styles['quiet']}>{t('settings.foldsHint')}</p>
          <FoldChoices
            on={new Set(settings.folds)}
            disabled={!editable}
            onToggle={(fold, on) =>
              set({
                folds: foldNames.filter((name) => (name === fold ? on : settings.folds.includes(name))),
              })
            }
          />
        </section>
        <AliasRows
          rows={settings.aliases}
          editable={editable}
          asked={asked}
          onChange={(aliases) => set({ aliases })}
        />
        <BuiltInAliases
          isFoldOn={settings.folds.includes('look-alikes')}
          off={settings.aliasesOff}
          editable={editable}
          onChange={(aliasesOff) => set({ aliasesOff })}
        />
        <ComponentRows
          rows={settings.components}
          editable={editable}
          asked={asked}
          onChange={(components) => set({ components })}
        />
      </div>
      {editable && (
        <div className={styles['settingsFoot']}>
          <output aria-live="polite" className={styles['quiet']}>
            {changed ? t('settings.unsaved') : saved ? t('settings.saved') : ''}
          </output>
          {asked && incomplete && (
            <span id={errorId} className={styles['fieldError']} role="alert">
              {t('problem.fillIn')}
            </span>
          )}
          {overtaken === null ? (
            <ErrorAlert error={save.error} />
          ) : (
            <ChangedMeanwhile
              overtaken={overtaken}
              differences={[]}
              pending={save.isPending}
              onOverwrite={() => submit(overtaken.revision ?? version.settingsRevision)}
              onTake={revert}
            />
          )}
          <Button disabled={!changed} onClick={revert}>
            {t('settings.revert')}
          </Button>
          <Button type="primary" htmlType="submit" disabled={!changed} loading={save.isPending}>
            {t('common:save')}
          </Button>
        </div>
      )}
      {changed && leaving.state === 'blocked' && (
        <LeaveDialog hint={t('settings.unsaved')} onLeave={leaving.proceed} onStay={leaving.reset} />
      )}
    </form>
  );
}
