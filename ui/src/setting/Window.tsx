import { t } from "@lingui/core/macro";
import { useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { Card, Kbd, type Locale, Segmented, useLocale } from "../kit";
import css from "./setting.module.css";

/** 语言与外观. */
export function Looks() {
  const { locale, setLocale } = useLocale();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={css.pile}>
      <Card>
        <Choice name={t`语言`} note={t`界面的语言；你写的内容不受影响`}>
          <Segmented<Locale> label={t`语言`} value={locale} onChange={setLocale} options={[{ value: "zh-CN", label: "简体中文" }, { value: "en", label: "English" }]} />
        </Choice>
        <Choice name={t`明暗`} note={t`跟随系统，或者固定一种`}>
          <Segmented label={t`明暗`} value={colorScheme} onChange={setColorScheme} options={[{ value: "auto", label: t`跟随系统` }, { value: "light", label: t`浅色` }, { value: "dark", label: t`深色` }]} />
        </Choice>
      </Card>
    </div>
  );
}

const Choice = ({ name, note, children }: { name: ReactNode; note: ReactNode; children: ReactNode }) => (
  <div className={css.choice}><div><b>{name}</b><small>{note}</small></div>{children}</div>
);

/** 快捷键: only those that the window answers to. */
export function Keys() {
  const groups: [string, [string, string][]][] = [
    [t`哪里都能用`, [["mod+K", t`找东西、去别处、做一件事`], ["mod+1–9", t`去今日、好物……洞察，0 去设置`], ["Esc", t`关上最上面的一层`], ["Tab", t`走到下一个按钮`]]],
    [t`写作`, [["N", t`起一篇新的`], ["mod+S", t`现在就存（本来也会自动存）`], ["mod+Enter", t`打包发布`]]],
    [t`好物`, [["mod+Z", t`撤销上一处改动`]]],
    [t`表格里`, [["↑", t`上一行`], ["↓", t`下一行`], ["PageDown", t`往下十行`], ["Home", t`回到第一行`], ["Enter", t`打开这一行`]]],
    [t`素材`, [["Space", t`看大图`], ["1–5", t`评级，0 取消`], ["P", t`选中`], ["X", t`淘汰`], ["T", t`归到好物、试用、谁的照片`], ["C", t`比一比`], ["E", t`修图`], ["G", t`拼图`], ["W", t`放进内容`], ["mod+Z", t`撤销上一步`], ["?", t`这一页的全部按键，修图和拼图里也是`]]],
  ];
  return (
    <div className={css.keys}>
      {groups.map(([title, keys]) => (
        <Card key={title} title={title}>{keys.map(([key, what]) => <div className={css.choice} key={key}><span>{what}</span><Kbd keys={key} /></div>)}</Card>
      ))}
    </div>
  );
}
