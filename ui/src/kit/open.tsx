import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";

/** For tests only: opens `path` with the given pages (route → component), a fresh query cache and what stands beside the page; answers with the router. */
export function open(path: string, pages: Record<string, () => ReactNode>, beside?: ReactNode) {
  window.scrollTo = () => {};
  Element.prototype.scrollIntoView = () => {};
  // jsdom lays nothing out; without a size, virtual rows would all be out of sight.
  Object.defineProperties(HTMLElement.prototype, { clientHeight: { configurable: true, value: 700 }, clientWidth: { configurable: true, value: 900 } });
  const root = createRootRoute({ component: () => <>{beside}<Outlet /></>, notFoundComponent: () => null });
  const routes = Object.entries(pages).map(([at, component]) => createRoute({ getParentRoute: () => root, path: at, component }));
  const router = createRouter({ routeTree: root.addChildren(routes), history: createMemoryHistory({ initialEntries: [path] }) });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  render(
    <MantineProvider>
      <I18nProvider i18n={i18n}>
        <QueryClientProvider client={client}>
          <RouterProvider router={router as never} />
          <Notifications />
        </QueryClientProvider>
      </I18nProvider>
    </MantineProvider>,
  );
  return router;
}
