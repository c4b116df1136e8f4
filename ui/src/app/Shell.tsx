import { t } from "@lingui/core/macro";
import { i18n } from "@lingui/core";
import { Link, Outlet } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { Icon, PaletteContext, useKeys } from "../kit";
import { RetouchHost } from "../retouch";
import { Closing } from "./Closing";
import { JobTray } from "./JobTray";
import { Palette } from "./Palette";
import { useWatched } from "../setting/watched";
import { badges, feet, rooms } from "./rooms";

/** The frame of every screen: the navigation on the left, the room on the right, the palette and the tray of running work over both. */
export function Shell() {
  const [searching, setSearching] = useState(false);
  const open = useCallback(() => setSearching(true), []);
  useWatched();
  useKeys("mod+K", () => setSearching((was) => !was));
  return (
    <PaletteContext value={open}>
      <div className="shell">
        <Navigation />
        <main className="room"><Outlet /></main>
        <JobTray />
        <RetouchHost />
        <Closing />
        <Palette open={searching} onClose={() => setSearching(false)} />
      </div>
    </PaletteContext>
  );
}

function Navigation() {
  // The list of badges is fixed at build time, so calling their hooks in a loop keeps React's order.
  const counts = new Map(badges.map(([room, badge]) => [room, badge.useBadge()]));
  const [workspace] = feet.map(([, foot]) => foot.useWorkspaceName());
  return (
    <nav className="nav" aria-label={t`导航`}>
      <div className="brand"><i aria-hidden="true">草</i>{t`草本`}</div>
      {rooms.map((room) => {
        const count = counts.get(room.name);
        return (
          <Link key={room.name} to={room.path} className={room.name === "setting" ? "apart" : undefined} activeOptions={{ exact: room.path === "/" }}>
            <Icon name={room.name} />
            {i18n._(room.title)}
            {count ? <b aria-label={t`${count} 件待办`}>{count > 99 ? "99+" : count}</b> : null}
          </Link>
        );
      })}
      <div className="foot">{workspace && <span>{workspace}</span>}{t`已保存 · 全部在这台电脑上`}</div>
    </nav>
  );
}
