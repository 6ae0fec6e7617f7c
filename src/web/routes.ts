// The address of every page. The board loads at once, the rest when it is wanted (the console is a bundle of its own).
import { createRootRoute, createRoute, lazyRouteComponent, retainSearchParams } from '@tanstack/react-router';
import { NotFound } from './layout/not-found.tsx';
import { RootLayout } from './layout/root-layout.tsx';
import { RouteFailure } from './layout/route-failure.tsx';
import { BoardPage } from './pages/board/board-page.tsx';
import * as searches from './searches.ts';

const rootRoute = createRootRoute({
  component: RootLayout,
  notFoundComponent: NotFound,
  errorComponent: RouteFailure,
});
const at = <P extends string>(path: P) => ({ getParentRoute: () => rootRoute, path });

const publicRoutes = [
  createRoute({ ...at('/'), component: BoardPage }),
  createRoute({
    ...at('/warnings'),
    validateSearch: searches.warningSearch,
    component: lazyRouteComponent(() => import('./pages/warnings-page.tsx'), 'WarningsPage'),
  }),
  createRoute({
    ...at('/warnings/$id'),
    component: lazyRouteComponent(() => import('./pages/warning-page.tsx'), 'WarningPage'),
  }),
  createRoute({
    ...at('/threats'),
    validateSearch: searches.threatSearch,
    component: lazyRouteComponent(() => import('./pages/threats-page.tsx'), 'ThreatsPage'),
  }),
  createRoute({
    ...at('/threats/$id'),
    component: lazyRouteComponent(() => import('./pages/threat-page.tsx'), 'ThreatPage'),
  }),
  createRoute({
    ...at('/lookup'),
    component: lazyRouteComponent(() => import('./pages/lookup-page.tsx'), 'LookupPage'),
  }),
  createRoute({
    ...at('/subscribe'),
    component: lazyRouteComponent(() => import('./pages/subscribe-page.tsx'), 'SubscribePage'),
  }),
  createRoute({
    ...at('/confirm/$token'),
    component: lazyRouteComponent(() => import('./pages/confirm-page.tsx'), 'ConfirmPage'),
  }),
  createRoute({
    ...at('/unsubscribe/$token'),
    validateSearch: searches.stopSearch,
    component: lazyRouteComponent(() => import('./pages/unsubscribe-page.tsx'), 'UnsubscribePage'),
  }),
  createRoute({
    ...at('/mailbox'),
    validateSearch: searches.mailboxSearch,
    component: lazyRouteComponent(() => import('./pages/mailbox-page.tsx'), 'MailboxPage'),
  }),
  createRoute({
    ...at('/setup'),
    validateSearch: searches.setupSearch,
    component: lazyRouteComponent(() => import('./pages/setup-page.tsx'), 'SetupPage'),
  }),
  createRoute({
    ...at('/login'),
    validateSearch: searches.loginSearch,
    component: lazyRouteComponent(() => import('./pages/login-page.tsx'), 'LoginPage'),
  }),
  createRoute({
    ...at('/appeal'),
    validateSearch: searches.appealSearch,
    component: lazyRouteComponent(() => import('./pages/appeal-page.tsx'), 'AppealPage'),
  }),
  createRoute({
    ...at('/forecasts'),
    component: lazyRouteComponent(() => import('./pages/forecasts-page.tsx'), 'ForecastsPage'),
  }),
  createRoute({
    ...at('/reports'),
    validateSearch: searches.reportSearch,
    component: lazyRouteComponent(() => import('./pages/reports-page.tsx'), 'ReportsPage'),
  }),
  createRoute({
    ...at('/about'),
    component: lazyRouteComponent(() => import('./pages/about-page.tsx'), 'AboutPage'),
  }),
] as const;

const consoleRoute = createRoute({
  ...at('/console'),
  validateSearch: searches.consoleSearch,
  search: { middlewares: [retainSearchParams(['realm'])] },
  component: lazyRouteComponent(() => import('./console/console-layout.tsx'), 'ConsoleLayout'),
});
const inConsole = <P extends string>(path: P) => ({ getParentRoute: () => consoleRoute, path });

const consoleRoutes = [
  createRoute({
    ...inConsole('/'),
    component: lazyRouteComponent(() => import('./console/overview-page.tsx'), 'OverviewPage'),
  }),
  createRoute({
    ...inConsole('/going-live'),
    component: lazyRouteComponent(() => import('./console/going-live-page.tsx'), 'GoingLivePage'),
  }),
  createRoute({
    ...inConsole('/captures'),
    validateSearch: searches.captureSearch,
    component: lazyRouteComponent(() => import('./console/captures-page.tsx'), 'CapturesPage'),
  }),
  createRoute({
    ...inConsole('/captures/$id'),
    component: lazyRouteComponent(() => import('./console/capture-page.tsx'), 'CapturePage'),
  }),
  createRoute({
    ...inConsole('/campaigns'),
    validateSearch: searches.pageSearch,
    component: lazyRouteComponent(() => import('./console/campaigns-page.tsx'), 'CampaignsPage'),
  }),
  createRoute({
    ...inConsole('/campaigns/$id'),
    component: lazyRouteComponent(() => import('./console/campaign-page.tsx'), 'CampaignPage'),
  }),
  createRoute({
    ...inConsole('/warnings'),
    component: lazyRouteComponent(() => import('./console/warnings-page.tsx'), 'ConsoleWarningsPage'),
  }),
  createRoute({
    ...inConsole('/signals'),
    component: lazyRouteComponent(() => import('./console/signals-page.tsx'), 'SignalsPage'),
  }),
  createRoute({
    ...inConsole('/retractions'),
    component: lazyRouteComponent(() => import('./console/retractions-page.tsx'), 'RetractionsPage'),
  }),
  createRoute({
    ...inConsole('/appeals'),
    component: lazyRouteComponent(() => import('./console/appeals-page.tsx'), 'AppealsPage'),
  }),
  createRoute({
    ...inConsole('/decoys'),
    component: lazyRouteComponent(() => import('./console/decoys-page.tsx'), 'DecoysPage'),
  }),
  createRoute({
    ...inConsole('/warnings/$id'),
    component: lazyRouteComponent(() => import('./console/warning-page.tsx'), 'ConsoleWarningPage'),
  }),
  createRoute({
    ...inConsole('/services'),
    component: lazyRouteComponent(() => import('./console/services-page.tsx'), 'ServicesPage'),
  }),
  createRoute({
    ...inConsole('/mail'),
    component: lazyRouteComponent(() => import('./console/mail-page.tsx'), 'MailPage'),
  }),
  createRoute({
    ...inConsole('/subscribers'),
    component: lazyRouteComponent(() => import('./console/subscribers-page.tsx'), 'SubscribersPage'),
  }),
  createRoute({
    ...inConsole('/ledger'),
    validateSearch: searches.ledgerSearch,
    component: lazyRouteComponent(() => import('./console/ledger-page.tsx'), 'LedgerPage'),
  }),
  createRoute({
    ...inConsole('/users'),
    component: lazyRouteComponent(() => import('./console/users-page.tsx'), 'UsersPage'),
  }),
  createRoute({
    ...inConsole('/account'),
    component: lazyRouteComponent(() => import('./console/account-page.tsx'), 'AccountPage'),
  }),
  createRoute({
    ...inConsole('/threats'),
    validateSearch: searches.entrySearch,
    component: lazyRouteComponent(() => import('./console/entries-page.tsx'), 'EntriesPage'),
  }),
  createRoute({
    ...inConsole('/threats/$id/edit'),
    component: lazyRouteComponent(() => import('./console/threat-edit-page.tsx'), 'ThreatEditPage'),
  }),
  createRoute({
    ...inConsole('/drafts'),
    component: lazyRouteComponent(() => import('./console/drafts-page.tsx'), 'DraftsPage'),
  }),
  createRoute({
    ...inConsole('/drafts/new'),
    component: lazyRouteComponent(() => import('./console/new-entry-page.tsx'), 'NewEntryPage'),
  }),
  createRoute({
    ...inConsole('/drafts/$campaign'),
    component: lazyRouteComponent(() => import('./console/draft-page.tsx'), 'DraftPage'),
  }),
  createRoute({
    ...inConsole('/dead-letters'),
    component: lazyRouteComponent(() => import('./console/dead-letters-page.tsx'), 'DeadLettersPage'),
  }),
] as const;

export const routeTree = rootRoute.addChildren([...publicRoutes, consoleRoute.addChildren([...consoleRoutes])]);
