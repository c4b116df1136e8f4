import { t } from "@lingui/core/macro";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { Page, Segmented } from "../kit";
import { Channels } from "./Channels";
import { Privacy } from "./Privacy";
import { Keys, Looks } from "./Window";
import { Workspace } from "./Workspace";

type Part = "workspace" | "channel" | "privacy" | "look" | "keys";

/** 设置. The part that is open stands in the address (`/setting?part=channel`), so that other rooms can lead here. */
export default function SettingPage() {
  const router = useRouter();
  const { part = "workspace", act, channel } = useSearch({ strict: false }) as { part?: Part; act?: string; channel?: number };
  // Another part begins at its top. In braces: newer engines answer a scroll with a promise, which an effect must not return.
  useEffect(() => { document.querySelector(".page-body")?.scrollTo?.(0, 0); }, [part]);
  const open = (next: Part) => router.history.replace(`/setting?part=${next}`);
  const parts: { value: Part; label: string }[] = [
    { value: "workspace", label: t`工作区` }, { value: "channel", label: t`渠道与规则` }, { value: "privacy", label: t`隐私` },
    { value: "look", label: t`语言与外观` }, { value: "keys", label: t`快捷键` },
  ];
  return (
    <Page title={t`设置`} sub={t`都存在这台电脑上，改了就生效`} still={part === "channel"} read={part === "keys" || part === "privacy"} bar={<Segmented label={t`设置的部分`} value={part} onChange={open} options={parts} />}>
      {part === "workspace" && <Workspace act={act} />}
      {part === "channel" && <Channels asked={Number(channel) || undefined} adding={act === "add"} />}
      {part === "privacy" && <Privacy />}
      {part === "look" && <Looks />}
      {part === "keys" && <Keys />}
    </Page>
  );
}
