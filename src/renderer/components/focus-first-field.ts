/**
 * For `afterOpenChange` of a dialog or drawer: puts the focus into its first field. antd's own focus lock takes the
 * close button, and overrules an `autoFocus`.
 */
export function focusFirstField(open: boolean): void {
  if (!open) return;
  const dialog = [...document.querySelectorAll('[role="dialog"]')].at(-1);
  dialog?.querySelector<HTMLElement>('input:not([hidden], :disabled), textarea:not(:disabled)')?.focus();
}
