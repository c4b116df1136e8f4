import { t } from "@lingui/core/macro";
import { KeySheet } from "../kit";

/** Every key of the wall and of the large view. */
export function Shortcuts({ open, onClose }: { open: boolean; onClose: () => void }) {
  const groups: [string, [string, string][]][] = [
    [t`走`, [["←→↑↓", t`换一张，按住 Shift 一路选过去`], ["PageUp", t`往新翻一屏`], ["PageDown", t`往旧翻一屏`], ["Home", t`最新的`], ["End", t`最旧的`], ["Space", t`看大图，再按回来`]]],
    [t`挑`, [["1–5", t`评级，0 去掉`], ["P", t`选中`], ["X", t`淘汰`], ["U", t`都不算`], ["C", t`比一比，两到四张`]]],
    [t`选`, [["Enter", t`选上这张，再按放开`], ["mod+A", t`全选`], ["Esc", t`都放开`], ["mod+Z", t`撤销上一步，可以一直按`]]],
    [t`归`, [["T", t`归到好物、试用的哪天、谁的照片`], ["W", t`放进内容`], ["G", t`拼图`], ["E", t`修图`], ["Delete", t`放进回收站`], ["mod+V", t`把剪贴板里的图放进来`]]],
    [t`大图里`, [["Z", t`放大到原尺寸，再按看全`], ["F", t`点一个裁切时要留住的地方`], ["←→", t`上一张、下一张`]]],
    [t`比一比里`, [["←→", t`换一张`], ["Z", t`一起放大，再按看全`]]],
  ];
  return (
    <KeySheet open={open} onClose={onClose} title={t`按键`} groups={groups}>
      <p className="muted" style={{ marginTop: 12 }}>{t`也可以：从空白处拉一个框选一片，把选好的照片拖到右边滑出来的试用、好物或内容上。`}</p>
    </KeySheet>
  );
}
