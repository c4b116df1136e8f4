import { t } from "@lingui/core/macro";
import { i18n } from "@lingui/core";
import { Link, Outlet, useRouter } from "@tanstack/react-router";
import { useCallback, useRef, useState } from "react";
import { nameWindow } from "../ipc";
import { Icon, onMac, PaletteContext, TitleContext, useKeys } from "../kit";
import { RetouchHost } from "../retouch";
import { Closing } from "./Closing";
import { JobTray } from "./JobTray";
import { Palette } from "./Palette";
import { useWatched } from "../setting/watched";
import { badges, feet, roomKey, rooms } from "./rooms";

/** The frame of every screen: the navigation on the left, the room on the right, the palette and the tray of running work over both. */
export function Shell() {
  const [searching, setSearching] = useState(false);
  const open = useCallback(() => setSearching(true), []);
  useWatched();
  useKeys("mod+K", () => setSearching((was) => !was));
  useRoomKeys();
  const room = useRef<HTMLElement>(null);
  const named = useCallback((name: string) => nameWindow(name ? `${name} — ${t`草本`}` : t`草本`), []);
  return (
    <PaletteContext value={open}>
      <TitleContext value={named}>
      <div className="shell">
        <button type="button" className="btn skip" onClick={() => room.current?.focus()}>{t`跳过导航`}</button>
        <Navigation />
        <main className="room" ref={room} tabIndex={-1}><Outlet /></main>
        <JobTray />
        <RetouchHost />
        <Closing />
        <Palette open={searching} onClose={() => setSearching(false)} />
      </div>
      </TitleContext>
    </PaletteContext>
  );
}

/** Ctrl/⌘ 1 to 9 and 0 go to the ten rooms, also out of a text; not past a dialog, whose words would be left behind. */
function useRoomKeys() {
  const { history } = useRouter();
  for (const [nth, room] of rooms.entries()) useKeys(roomKey(nth), () => { if (!document.querySelector('[role="dialog"]')) history.push(room.path); });
}

function Navigation() {
  // The list of badges is fixed at build time, so calling their hooks in a loop keeps React's order.
  const counts = new Map(badges.map(([room, badge]) => [room, badge.useBadge()]));
  const [workspace] = feet.map(([, foot]) => foot.useWorkspaceName());
  return (
    <nav className="nav" aria-label={t`导航`}>
      <div className="brand"><i aria-hidden="true">草</i>{t`草本`}</div>
      {rooms.map((room, nth) => {
        const count = counts.get(room.name);
        return (
          <Link key={room.name} to={room.path} className={room.name === "setting" ? "apart" : undefined} activeOptions={{ exact: room.path === "/" }} aria-keyshortcuts={roomKey(nth).replace("mod", onMac ? "Meta" : "Control")} title={`${i18n._(room.title)} ${roomKey(nth).replace("mod", onMac ? "⌘" : "Ctrl")}`}>
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
