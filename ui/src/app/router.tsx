import { createHashHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { Skeleton } from "../kit";
import { Broken } from "./Boundary";
import { Shell } from "./Shell";

const root = createRootRoute({ component: Shell });

const room = <P extends string>(path: P, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) });

const tree = root.addChildren([
  room("/", () => import("../today/Page")),
  room("/product", () => import("../product/Page")),
  room("/product/$id", () => import("../product/Detail")),
  room("/trial", () => import("../trial/Page")),
  room("/trial/$id", () => import("../trial/Detail")),
  room("/photo", () => import("../photo/Page")),
  room("/review", () => import("../review/Page")),
  room("/composition", () => import("../composition/Page")),
  room("/post", () => import("../post/Page")),
  room("/post/$id", () => import("../post/Detail")),
  room("/publication", () => import("../publication/Page")),
  room("/publication/$id", () => import("../publication/Detail")),
  room("/link", () => import("../link/Page")),
  room("/order", () => import("../order/Page")),
  room("/report", () => import("../report/Page")),
  room("/setting", () => import("../setting/Page")),
]);

/** The routes. Hash history, because the window serves one file. In a room: useNavigate(), useParams({ strict: false }).id, useSearch({ strict: false }). */
export const router = createRouter({
  routeTree: tree,
  history: createHashHistory(),
  defaultPreload: "intent",
  defaultPendingMs: 120,
  defaultPendingComponent: () => <div style={{ padding: 24 }}><Skeleton shape="page" /></div>,
  defaultErrorComponent: ({ error, reset }) => <Broken error={error} retry={reset} />,
});

declare module "@tanstack/react-router" {
  interface Register { router: typeof router }
}
