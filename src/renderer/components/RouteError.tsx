import { useRouteError } from 'react-router';

import { ErrorState } from './ErrorState.tsx';

/** A screen that threw. Loading the window again is the one thing that always helps. */
export function RouteError() {
  return <ErrorState error={useRouteError()} onRetry={() => window.location.reload()} />;
}
