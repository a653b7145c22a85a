import { Suspense, lazy, useState } from 'react';

import { useProcedure, useSession } from '../../api/hooks.ts';
import { CurrentUserContext } from '../../api/session.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { useSuspendedShortcuts } from '../../components/shortcuts.ts';
import type { CurrentUser } from '../../../core/features/users/contract.ts';
import { LockScreen } from './lock-screen.tsx';
import { SignInScreen } from './sign-in-screen.tsx';
import { useIdleLock } from './use-idle-lock.ts';

// What few starts show is fetched when it is shown; the app itself once somebody is signed in.
const FirstRunScreen = lazy(async () => ({
  default: (await import('../first-run/first-run-screen.tsx')).FirstRunScreen,
}));
const MustChangePasswordScreen = lazy(async () => ({
  default: (await import('./must-change-password-screen.tsx')).MustChangePasswordScreen,
}));
const RoutedApp = lazy(async () => ({ default: (await import('../../routed-app.tsx')).RoutedApp }));

/**
 * Decides what the window shows: the first screen, the sign-in, or the app; and over the app, the lock. The app stays
 * mounted below the lock, invisible and inert, so that nothing a person typed is lost.
 */
export function SessionGate() {
  const status = useProcedure('workspaces.status', {});
  const session = useSession();
  const [lastUser, setLastUser] = useState<CurrentUser | null>(null);
  const [choosing, setChoosing] = useState(false);
  const user = session.data?.user ?? null;
  const open = status.data?.open ?? null;
  // Without a workspace there is nobody's app to keep below the lock.
  const appUser = status.data && open === null ? null : (user ?? lastUser);
  if (appUser !== lastUser) setLastUser(appUser);

  const error = status.error ?? session.error;
  if (!status.data || !session.data) {
    if (!error) return <Loading />;
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          void status.refetch();
          void session.refetch();
        }}
      />
    );
  }
  if (open === null || choosing) {
    // The demo workspace is open while its data is still generated: the first screen stays until that is done.
    return (
      <Suspense fallback={<Loading />}>
        <FirstRunScreen
          status={status.data}
          onBusy={() => setChoosing(true)}
          onDone={() => setChoosing(false)}
        />
      </Suspense>
    );
  }
  const { state, idleLockAfter } = session.data;
  if (appUser === null) {
    return state === 'locked' ? (
      <LockScreen state="locked" displayName="" onLeave={() => setLastUser(null)} />
    ) : (
      <SignInScreen status={status.data} onLeave={() => setChoosing(true)} />
    );
  }
  if (appUser.mustChangePassword && state === 'signed-in') {
    return (
      <Suspense fallback={<Loading />}>
        <MustChangePasswordScreen user={appUser} />
      </Suspense>
    );
  }
  return (
    <>
      <SignedInApp
        key={appUser.id}
        user={appUser}
        covered={state !== 'signed-in'}
        idleLockAfter={idleLockAfter}
      />
      {state !== 'signed-in' && (
        <LockScreen
          state={state}
          userName={appUser.userName}
          displayName={appUser.displayName}
          onLeave={() => setLastUser(null)}
        />
      )}
    </>
  );
}

interface SignedInAppProps {
  readonly user: CurrentUser;
  readonly covered: boolean;
  readonly idleLockAfter: number;
}

function SignedInApp({ user, covered, idleLockAfter }: SignedInAppProps) {
  useIdleLock(idleLockAfter, !covered);
  useSuspendedShortcuts(covered);
  return (
    <CurrentUserContext value={user}>
      <div
        inert={covered}
        aria-hidden={covered}
        style={{ height: '100%', visibility: covered ? 'hidden' : 'visible' }}
      >
        <Suspense fallback={<Loading />}>
          <RoutedApp />
        </Suspense>
      </div>
    </CurrentUserContext>
  );
}
