const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;

/** The nonce that the host's style-src names, or undefined where it sets none (the development server). */
export const styleNonce = nonce === '' || nonce === '__CSP_NONCE__' ? undefined : nonce;

/**
 * antd takes the nonce from its ConfigProvider, but the libraries below it (the scroll locker of modals, the measuring
 * of scroll bars) create style elements without it. Scripts are all our own ('self'), so their styles may pass.
 */
export function giveStylesTheNonce(): void {
  if (styleNonce === undefined) return;
  const create = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = styleNonce;
    return element;
  };
}
