import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';

import { useEventStream } from './api/hooks.ts';
import { createAppRouter } from './routes.tsx';

/** The screens, for one signed-in user, and the news of what they show. */
export function RoutedApp() {
  const [router] = useState(createAppRouter);
  // Around all screens, and not in the shell: what is on its way to paper has none.
  useEventStream();
  return <RouterProvider router={router} />;
}
