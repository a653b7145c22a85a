import type { MenuItemConstructorOptions } from 'electron';

import type { Texts } from './texts.ts';

/**
 * The menu bar. Its editing roles are what make copy and paste work from the keyboard on macOS. Reloading and the
 * developer tools are there in development only.
 */
export function menuTemplate(
  texts: Texts,
  { development, mac }: { readonly development: boolean; readonly mac: boolean },
): MenuItemConstructorOptions[] {
  const about: MenuItemConstructorOptions = { role: 'about', label: texts.about };
  const quit: MenuItemConstructorOptions = { role: 'quit', label: texts.quit };
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  return [
    ...(mac ? [{ label: 'Countersign', submenu: [about, separator, quit] }] : []),
    {
      label: texts.file,
      submenu: [{ role: 'close', label: texts.close }, ...(mac ? [] : [separator, quit])],
    },
    {
      label: texts.edit,
      submenu: [
        { role: 'undo', label: texts.undo },
        { role: 'redo', label: texts.redo },
        separator,
        { role: 'cut', label: texts.cut },
        { role: 'copy', label: texts.copy },
        { role: 'paste', label: texts.paste },
        { role: 'selectAll', label: texts.selectAll },
      ],
    },
    {
      label: texts.view,
      submenu: [
        { role: 'resetZoom', label: texts.resetZoom },
        { role: 'zoomIn', label: texts.zoomIn },
        { role: 'zoomOut', label: texts.zoomOut },
        separator,
        { role: 'togglefullscreen', label: texts.fullScreen },
        ...(development ? developmentItems : []),
      ],
    },
    { label: texts.window, submenu: [{ role: 'minimize', label: texts.minimize }] },
    ...(mac ? [] : [{ label: texts.help, submenu: [about] }]),
  ];
}

const developmentItems: MenuItemConstructorOptions[] = [
  { type: 'separator' },
  { role: 'reload' },
  { role: 'toggleDevTools' },
];
