import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp } from 'antd';
import { useState } from 'react';

import { createQueryClient } from './api/query-client.ts';
import { SessionGate } from './features/session/session-gate.tsx';
import { ThemeProvider } from './theme.tsx';

export function App() {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <ThemeProvider>
        <AntApp component={false}>
          <SessionGate />
        </AntApp>
      </ThemeProvider>
    </QueryClientProvider>
  );
}
