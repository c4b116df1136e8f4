import { t } from "@lingui/core/macro";
import { commands as core, unwrap } from "../ipc";
import { type PaletteItem, type PaletteSource, setScheme } from "../kit";

/** Things to do with the workspace and the window. */
const source: PaletteSource = {
  commands: (): PaletteItem[] => [
    { id: "setting-backup", title: t`备份到文件`, note: t`工作区`, icon: "export", words: "beifen bf backup", run: (go) => go("/setting?part=workspace&act=backup") },
    { id: "setting-check", title: t`给工作区做体检`, note: t`工作区`, icon: "check", words: "tijian tj jiancha check", run: (go) => go("/setting?part=workspace") },
    { id: "setting-channel", title: t`渠道与平台规则`, note: t`设置`, icon: "publication", words: "qudao qd guize gz channel rules", run: (go) => go("/setting?part=channel") },
    { id: "setting-look", title: t`语言与深浅色`, note: t`设置`, icon: "setting", words: "yuyan yy shense waiguan language dark theme english 英文 英语 yingwen yw", run: (go) => go("/setting?part=look") },
    { id: "setting-dark", title: t`换成深色`, note: t`外观`, icon: "eye", words: "shense ss anse yejian dark theme", run: () => setScheme("dark") },
    { id: "setting-light", title: t`换成浅色`, note: t`外观`, icon: "eye", words: "qianse qs mingliang baitian light theme", run: () => setScheme("light") },
    { id: "setting-auto", title: t`深浅跟随系统`, note: t`外观`, icon: "eye", words: "gensui xitong gsxt auto theme", run: () => setScheme("auto") },
    { id: "setting-channel-add", title: t`添加渠道`, note: t`新建`, icon: "plus", words: "tianjia qudao tjqd xinjian xj new channel", run: (go) => go("/setting?part=channel&act=add") },
    { id: "setting-keys", title: t`快捷键`, note: t`设置`, icon: "info", words: "kuaijiejian kjj keys shortcuts", run: (go) => go("/setting?part=keys") },
  ],
  // Channels by their name or platform: they open with the rules they follow.
  search: async (words) => {
    const typed = words.trim().toLowerCase();
    const found = (await unwrap(core.listChannels())).filter((one) => `${one.name} ${one.platform_name} ${one.platform}`.toLowerCase().includes(typed));
    return found.slice(0, 6).map((one) => ({ id: `channel-${one.id}`, title: one.name, note: one.archived ? t`渠道，已收起` : t`渠道`, icon: "publication", run: (go) => go(`/setting?part=channel&channel=${one.id}`) }));
  },
};
export const { commands, search } = source;
