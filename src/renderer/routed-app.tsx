import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';

import { createAppRouter } from './routes.tsx';

/** The shell and its screens, for one signed-in user. */
export function RoutedApp() {
  const [router] = useState(createAppRouter);
  return <RouterProvider router={router} />;
}
