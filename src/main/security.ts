import type { App as ElectronApp, Session, WebContents } from 'electron';

import type { Page } from './page.ts';

// Electron's security checklist, as far as it is about a session or a page's contents. docs/security.md lists every
// point with its place and its test.

/** Copying text from a table. Everything else that a page may ask for (camera, location, notifications…) is denied. */
const allowedPermission = 'clipboard-sanitized-write';

/** Guards every page that is ever made, whoever makes it. Before the first window. */
export function guardContents(app: ElectronApp, page: Page): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, page));
}

function guard(contents: WebContents, page: Page): void {
  // Not even links to the outside: the application needs no web site, and an archive's links are evidence, not advice.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // Reloading the page is a navigation too: within the page's origin they are allowed, in the main frame only.
  contents.on('will-navigate', (details) => {
    if (!page.owns(details.url)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !page.owns(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => {
    if (!page.owns(details.url)) details.preventDefault();
  });
}

/** Sets what pages of this session may ask for, load and download. Before the first window. */
export function guardSession(session: Session, page: Page): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(permission === allowedPermission && page.owns(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) =>
      permission === allowedPermission && page.owns(requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  // Its dictionaries would come from a server of Google's.
  session.setSpellCheckerEnabled(false);
  // The desktop application works without a network; nothing it shows may reach for one.
  session.webRequest.onBeforeRequest((details, callback) => {
    callback({ cancel: !mayLoad(details.url, page) });
  });
  session.on('will-download', (event, item) => {
    if (!page.ownsBlob(item.getURL())) event.preventDefault();
  });
}

function mayLoad(url: string, page: Page): boolean {
  if (page.owns(url) || page.ownsBlob(url) || url.startsWith('data:')) return true;
  if (!page.development) return false;
  // The development server's own socket, and the developer tools.
  return url.startsWith('devtools:') || page.owns(url.replace(/^ws/, 'http'));
}
