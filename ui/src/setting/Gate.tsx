import { t } from "@lingui/core/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { commands, pickFolder, toCoreError, unwrap } from "../ipc";
import { Button, Drawing, ErrorState, useLeaving } from "../kit";
import css from "./setting.module.css";

/** Opens the workspace of the last time before anything else is shown; when it cannot, says why and offers another folder. Shows nothing of either while another one is being opened. */
export function Gate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const leaving = useLeaving();
  const [choosing, setChoosing] = useState(false);
  const opening = useQuery({ queryKey: ["opening"], queryFn: () => unwrap(commands.openWorkspace(null)) });

  const choose = async () => {
    const folder = await pickFolder(t`选一个工作区文件夹`);
    if (!folder) return;
    setChoosing(true);
    try {
      await client.fetchQuery({ queryKey: ["opening"], queryFn: () => unwrap(commands.openWorkspace(folder)), staleTime: 0 });
    } catch { /* the query carries the error, and the page below shows it */ } finally { setChoosing(false); }
  };

  if (opening.data && !leaving) return children;
  if (!opening.error || leaving) {
    return <div className={css.gate} role="status"><Drawing name="leaf" /><p className="muted">{t`正在打开你的本子`}</p></div>;
  }
  const titles: Record<string, string> = {
    busy: t`这个工作区正在别处打开`, read_only: t`这个文件夹写不进去`, not_found: t`没找到工作区`, disk_full: t`磁盘满了`,
  };
  return (
    <div className={css.gate}>
      <ErrorState title={titles[toCoreError(opening.error).code] ?? t`工作区没能打开`} error={opening.error} kept={t`也可以先打开另一个文件夹里的工作区，或新建一个。`}
        onRetry={() => void client.resetQueries({ queryKey: ["opening"] })} actions={<Button icon="folder" busy={choosing} onClick={() => void choose()}>{t`换一个文件夹`}</Button>} />
    </div>
  );
}
