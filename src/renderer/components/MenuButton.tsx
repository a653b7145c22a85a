import { Button, Dropdown, type ButtonProps, type MenuProps } from 'antd';
import { useRef } from 'react';

export interface MenuButtonProps extends ButtonProps {
  readonly menu: MenuProps;
}

/** A button with a menu that the keyboard opens, walks through, and comes back from to the button. */
export function MenuButton({ menu, ...button }: MenuButtonProps) {
  const own = useRef<HTMLButtonElement>(null);
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      disabled={button.disabled ?? false}
      menu={menu}
      onOpenChange={(open) => {
        const inMenu = document.activeElement?.closest('[role="menu"]') !== null;
        if (!open && inMenu) own.current?.focus();
      }}
    >
      <Button ref={own} {...button} />
    </Dropdown>
  );
}
