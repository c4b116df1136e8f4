import { t } from "@lingui/core/macro";
import type { PaletteItem, PaletteSource } from "../kit";

/** Things to do with the workspace and the window. */
const source: PaletteSource = {
  commands: (): PaletteItem[] => [
    { id: "setting-backup", title: t`备份到文件`, note: t`工作区`, icon: "export", words: "beifen bf backup", run: (go) => go("/setting?part=workspace&act=backup") },
    { id: "setting-check", title: t`给工作区做体检`, note: t`工作区`, icon: "check", words: "tijian tj jiancha check", run: (go) => go("/setting?part=workspace") },
    { id: "setting-channel", title: t`渠道与平台规则`, note: t`设置`, icon: "publication", words: "qudao qd guize gz channel rules", run: (go) => go("/setting?part=channel") },
    { id: "setting-look", title: t`语言与深浅色`, note: t`设置`, icon: "setting", words: "yuyan yy shense waiguan language dark theme", run: (go) => go("/setting?part=look") },
    { id: "setting-keys", title: t`快捷键`, note: t`设置`, icon: "info", words: "kuaijiejian kjj keys shortcuts", run: (go) => go("/setting?part=keys") },
  ],
};
export const { commands } = source;
