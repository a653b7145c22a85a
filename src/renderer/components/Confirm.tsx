import { Popconfirm, type PopconfirmProps } from 'antd';
import { useEffect, useRef } from 'react';

/** So many frames antd may take to show and place the bubble, before which its buttons take no focus. */
const mostFrames = 30;

/** Inside the bubble: hands the focus to its cancel button as soon as that can have it, so that Enter confirms nothing by a slip. */
function FirstFocus() {
  const here = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let left = mostFrames;
    let frame = 0;
    const attempt = () => {
      const button = here.current?.closest('[role="tooltip"]')?.querySelector('button');
      button?.focus({ preventScroll: true });
      left -= 1;
      if (left > 0 && document.activeElement !== button) frame = requestAnimationFrame(attempt);
    };
    attempt();
    return () => cancelAnimationFrame(frame);
  }, []);
  return <span ref={here} hidden />;
}

type ConfirmProps = Omit<PopconfirmProps, 'open' | 'description' | 'destroyOnHidden'> & {
  readonly description?: string;
};

/**
 * antd's question in a bubble, for the keyboard too: it takes the focus when it opens, and gives it back to where it was
 * when it closes. antd leaves the focus on the button below, and the bubble stands at the end of the page.
 */
export function Confirm({ description, onOpenChange, children, ...props }: ConfirmProps) {
  const before = useRef<Element>(null);
  return (
    <Popconfirm
      {...props}
      description={
        <>
          {description}
          <FirstFocus />
        </>
      }
      // Mounted anew for each question: that is when the focus goes there.
      destroyOnHidden
      onOpenChange={(open) => {
        const { activeElement } = document;
        if (open) before.current = activeElement;
        else if (activeElement?.closest('[role="tooltip"]') && before.current instanceof HTMLElement)
          before.current.focus({ preventScroll: true });
        onOpenChange?.(open);
      }}
    >
      {children}
    </Popconfirm>
  );
}
