import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';

import type { MessageId } from '../../../../core/contract/ids.ts';
import { invoke } from '../../../api/client.ts';
import { useErrorToast } from '../../../components/use-error-toast.ts';

/** Leads to a message in its conversation. Which one that is, is asked when somebody wants to go there. */
export function MessageLink({
  messageId,
  children,
}: {
  readonly messageId: MessageId;
  readonly children: ReactNode;
}) {
  const navigate = useNavigate();
  const showError = useErrorToast();
  const [asked, setAsked] = useState(false);
  const open = async () => {
    setAsked(true);
    try {
      const { conversationId } = await invoke('archive.message', { id: messageId });
      void navigate(`/archive${conversationId === null ? '' : `/${conversationId}`}?message=${messageId}`);
    } catch (error) {
      showError(error);
      setAsked(false);
    }
  };
  return (
    <Button type="link" size="small" loading={asked} onClick={() => void open()}>
      {children}
    </Button>
  );
}
