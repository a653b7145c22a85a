import { Drawer, type DrawerProps, Modal, type ModalProps } from 'antd';
import { useLayoutEffect, useRef } from 'react';

import { useReturnFocus } from './use-return-focus.ts';

const marked = '[data-first-focus]:not(:disabled)';
const field = 'input:not([hidden], [type="file"], :disabled), textarea:not(:disabled)';

/** Of radio buttons the chosen one is where the Tab key would arrive, and what arrow keys go on from. */
function chosenOf(first: HTMLElement | null): HTMLElement | null {
  if (!(first instanceof HTMLInputElement) || first.type !== 'radio') return first;
  return first.closest('[role="radiogroup"]')?.querySelector<HTMLElement>('input:checked') ?? first;
}

function focusFirst(dialog: HTMLElement): void {
  const first =
    dialog.querySelector<HTMLElement>(marked) ?? chosenOf(dialog.querySelector<HTMLElement>(field)) ?? dialog;
  // A drawer slides in from outside of the window: nothing may scroll towards it.
  first.focus({ preventScroll: true });
  if (dialog.contains(document.activeElement)) return;
  // A drawer's own element can't have the focus; its close button can.
  dialog.querySelector<HTMLElement>('button:not(:disabled)')?.focus({ preventScroll: true });
}

/**
 * Inside a dialog: takes the focus before the next key can arrive. antd's `afterOpenChange` comes some frames later, and
 * its focus lock may: until then, keys of a quick hand would act on the page behind, or be lost. The lock leaves the
 * focus where it is once that is inside.
 */
function FirstFocus() {
  const here = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    // antd hangs the dialog into the document after the effects of its content: a microtask comes after that, and after
    // the lock's first look, and still before any event.
    queueMicrotask(() => {
      const dialog = here.current?.closest<HTMLElement>('[role="dialog"]');
      if (dialog) focusFirst(dialog);
    });
  }, []);
  return <span ref={here} hidden />;
}

type DialogProps = Omit<ModalProps, 'open' | 'afterOpenChange'>;

/**
 * antd's dialog, for all of ours: mounted when it opens and unmounted when it closes. The focus goes at once to what is
 * marked with `data-first-focus`, else to the first field, else to the dialog; and back to where it was when it closes.
 */
export function Dialog({ children, ...props }: DialogProps) {
  useReturnFocus();
  return (
    <Modal {...props} open>
      {children}
      <FirstFocus />
    </Modal>
  );
}

type SideDialogProps = Omit<DrawerProps, 'open' | 'afterOpenChange' | 'autoFocus'>;

/** A `Dialog` that comes in from the side: antd's drawer. */
export function SideDialog({ children, ...props }: SideDialogProps) {
  useReturnFocus();
  return (
    // antd's `autoFocus` takes the focus to an element outside of the dialog's role, where shortcuts act on the page.
    <Drawer {...props} open autoFocus={false}>
      {children}
      <FirstFocus />
    </Drawer>
  );
}
