import { Input } from 'antd';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { Dialog } from '../../components/Dialog.tsx';
import { KeyHint } from '../../components/KeyHint.tsx';
import { useShortcutList, type Shortcut } from '../../components/shortcuts.ts';
import styles from './shell.module.css';

/** Every command that works on this screen, with its keys: to learn them, or to run one by its name. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('shell');
  const id = useId();
  const all = useShortcutList();
  const [query, setQuery] = useState('');
  const [current, setCurrent] = useState(0);
  const groups = groupCommands(all, query, t('groupScreen'));
  const found = groups.flatMap((group) => group.commands);
  const selected = Math.min(current, found.length - 1);

  function run(command: Shortcut | undefined): void {
    if (!command) return;
    onClose();
    command.run();
  }

  function handleKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = Math.max(0, Math.min(found.length - 1, selected + (event.key === 'ArrowDown' ? 1 : -1)));
      setCurrent(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(found[selected]);
    }
  }

  return (
    <Dialog title={t('commands')} footer={null} width={520} onCancel={onClose}>
      <Input
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length === 0 ? undefined : `${id}-${selected}`}
        aria-label={t('commandsFind')}
        placeholder={t('commandsFind')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setCurrent(0);
        }}
        onKeyDown={handleKey}
      />
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={t('commands')}
        className={styles['commands']}
        tabIndex={-1}
      >
        {groups.map((group) => (
          <div key={group.name} role="group" aria-label={group.name}>
            <div className={styles['group']} aria-hidden="true">
              {group.name}
            </div>
            {group.commands.map((command) => {
              const own = found.indexOf(command);
              return (
                // The text field above keeps the focus and handles the keys.
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
                <div
                  key={command.keys}
                  id={`${id}-${own}`}
                  role="option"
                  aria-selected={own === selected}
                  className={styles['command']}
                  onMouseMove={() => setCurrent(own)}
                  onClick={() => run(command)}
                >
                  <span>{command.label}</span>
                  <span className={styles['keys']}>
                    {keysOf(all, command).map((keys) => (
                      <KeyHint key={keys} keys={keys} />
                    ))}
                  </span>
                </div>
              );
            })}
          </div>
        ))}
        {found.length === 0 && <p className={styles['group']}>{t('commandsNone')}</p>}
      </div>
    </Dialog>
  );
}

/** The screen's own commands first, then the rest in the order they were registered. */
function groupCommands(
  all: readonly Shortcut[],
  query: string,
  screenName: string,
): { readonly name: string; readonly commands: readonly Shortcut[] }[] {
  const wanted = query.trim().toLowerCase();
  const groups = new Map<string, Shortcut[]>([[screenName, []]]);
  for (const command of all) {
    if (command.disabled || !command.label.toLowerCase().includes(wanted)) continue;
    const name = command.group ?? screenName;
    const list = groups.get(name);
    // A command with two ways to call it has one row, with both.
    if (list?.some((other) => other.label === command.label)) continue;
    if (list) list.push(command);
    else groups.set(name, [command]);
  }
  return [...groups]
    .filter(([, commands]) => commands.length > 0)
    .map(([name, commands]) => ({ name, commands }));
}

function keysOf(all: readonly Shortcut[], command: Shortcut): readonly string[] {
  return all
    .filter(({ label, group }) => label === command.label && group === command.group)
    .map(({ keys }) => keys);
}
