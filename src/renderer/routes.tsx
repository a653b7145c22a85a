import { createHashRouter } from 'react-router';

import { RouteError } from './components/RouteError.tsx';
import { NotFound } from './components/NotFound.tsx';
import { Guard } from './features/shell/guard.tsx';
import { Shell } from './features/shell/shell.tsx';
import { Loading } from './components/Loading.tsx';
import type { Permission } from '../core/features/users/model.ts';
import type { ComponentType } from 'react';

/** A screen in a chunk of its own, shown to users with the permission. */
function screen(path: string, permission: Permission | null, load: () => Promise<ComponentType>) {
  return {
    path,
    lazy: async () => {
      const Screen = await load();
      return {
        Component: () => (
          <Guard permission={permission}>
            <Screen />
          </Guard>
        ),
      };
    },
  };
}

export function createAppRouter() {
  return createHashRouter([
    {
      // On paper: no shell around it.
      ErrorBoundary: RouteError,
      HydrateFallback: Loading,
      children: [
        screen(
          '/approvals/:id/print',
          'materials:read',
          async () => (await import('./features/approvals/print.tsx')).ApprovalPrintScreen,
        ),
      ],
    },
    {
      Component: Shell,
      ErrorBoundary: RouteError,
      HydrateFallback: Loading,
      children: [
        {
          // A screen's failure leaves the navigation standing.
          ErrorBoundary: RouteError,
          children: [
            screen('/', null, async () => (await import('./features/home/index.tsx')).HomeScreen),
            screen(
              '/archive/*',
              'archive:read',
              async () => (await import('./features/archive/index.tsx')).ArchiveScreen,
            ),
            screen(
              '/imports/*',
              'archive:read',
              async () => (await import('./features/imports/index.tsx')).ImportsScreen,
            ),
            screen(
              '/hits/*',
              'hits:read',
              async () => (await import('./features/hits/index.tsx')).HitsScreen,
            ),
            screen(
              '/publication',
              'materials:read',
              async () => (await import('./features/publication/index.tsx')).PublicationScreen,
            ),
            screen(
              '/findings',
              'hits:read',
              async () => (await import('./features/findings/index.tsx')).FindingsScreen,
            ),
            screen(
              '/lexicons/*',
              'lexicons:read',
              async () => (await import('./features/lexicons/index.tsx')).LexiconsScreen,
            ),
            screen(
              '/reviews/*',
              'materials:read',
              async () => (await import('./features/reviews/index.tsx')).ReviewsScreen,
            ),
            screen(
              '/materials/*',
              'materials:read',
              async () => (await import('./features/materials/index.tsx')).MaterialsScreen,
            ),
            screen(
              '/approvals/*',
              'materials:read',
              async () => (await import('./features/approvals/index.tsx')).ApprovalsScreen,
            ),
            screen(
              '/handovers/*',
              'handovers:read',
              async () => (await import('./features/handovers/index.tsx')).HandoversScreen,
            ),
            screen(
              '/products',
              'products:read',
              async () => (await import('./features/products/index.tsx')).ProductsScreen,
            ),
            screen(
              '/templates/*',
              'materials:read',
              async () => (await import('./features/templates/index.tsx')).TemplatesScreen,
            ),
            screen(
              '/calendar',
              'settings:read',
              async () => (await import('./features/calendar/index.tsx')).CalendarScreen,
            ),
            screen(
              '/delegations',
              'materials:read',
              async () => (await import('./features/delegations/index.tsx')).DelegationsScreen,
            ),
            screen(
              '/users',
              'users:read',
              async () => (await import('./features/users/index.tsx')).UsersScreen,
            ),
            screen(
              '/audit',
              'audit:read',
              async () => (await import('./features/audit/index.tsx')).AuditScreen,
            ),
            screen(
              '/settings',
              null,
              async () => (await import('./features/settings/index.tsx')).SettingsScreen,
            ),
            { path: '*', Component: NotFound },
          ],
        },
      ],
    },
  ]);
}
