import { Button } from 'antd';
import type { ReactNode } from 'react';

interface SubmitButtonProps {
  readonly loading: boolean;
  readonly block?: boolean;
  readonly children: ReactNode;
}

/** Sends the form that it stands in. */
export function SubmitButton({ loading, block = false, children }: SubmitButtonProps) {
  return (
    <Button
      type="primary"
      htmlType="submit"
      block={block}
      loading={loading}
      // A field that is checked when it is left would say what is wrong while the button is held down, and move it from below
      // the pointer: the click would be lost. So the press leaves no field; sending checks them all.
      onMouseDown={(event) => event.preventDefault()}
    >
      {children}
    </Button>
  );
}
