import { t } from "@lingui/core/macro";
import { useEffect } from "react";
import { listen, type Watched } from "../ipc";
import { say } from "../kit";

/** Says what the watched folder brought, wherever one is, and once what keeps it from being read. */
export function useWatched(): void {
  useEffect(() => listen<Watched>("watched", ({ imported, problem }) => {
    if (problem) say.failed(problem, t`监看的文件夹读不到了`);
    else if (imported > 0) say.done(t`监看的文件夹里来了 ${imported} 张新照片，已放进素材。`);
  }), []);
}
