import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { Allow, Rules } from "../ipc";
import { Button, Card, Chip, Menu, Modal, say, TextArea, useKept } from "../kit";
import { useOverride } from "./api";
import css from "./setting.module.css";
import { Sources } from "./Sources";
import { allowWords, isStale, type Way, ways } from "./words";

/** Which ways to buy may stand in a post here, in words; what is 未核实 can be switched once the person has checked it. */
export function LinkRules({ pack, shipped }: { pack: Rules; shipped?: Rules }) {
  const { links } = pack;
  const override = useOverride();
  const [asking, setAsking] = useState<{ way: Way; words: string; to: Allow }>();
  const rule = (way: Way) => `${pack.platform}.links.${way}`;
  const takeBack = (way: Way) => override.mutate({ platform: pack.platform, rule: rule(way), value: null }, { onError: (error) => say.failed(error) });
  return (
    <Card title={t`链接放不放得`} note={t`放不得的，打包时会拦下`}>
      <div className={css.ways}>
        {ways().map(([way, words]) => {
          const allow = links[way];
          const own = shipped !== undefined && shipped.links[way] !== allow;
          return (
            <div key={way}>
              <span>{words}{own && <small>{t`按你的核实`}</small>}</span>
              <Chip tone={allowWords(allow).tone}>{allowWords(allow).text}</Chip>
              <Menu label={t`改「${words}」`} entries={[
                ...(["yes", "no"] as const).filter((to) => to !== allow).map((to) => ({ label: to === "yes" ? t`我核实过，可以放` : t`我核实过，不能放`, onClick: () => setAsking({ way, words, to }) })),
                ...(own ? ["rule" as const, { label: t`用回资料里的`, icon: "undo" as const, onClick: () => takeBack(way) }] : []),
              ]}><Button small kind="quiet" icon="more" className="only" aria-label={t`改「${words}」`} /></Menu>
            </div>
          );
        })}
      </div>
      {links.hosts && links.hosts.length > 0 && <p className={css.note}>{t`只有这些网址点得开：${links.hosts.join("、")}`}</p>}
      {links.screened_hosts && links.screened_hosts.length > 0 && <p className={css.note}>{t`这些网址常被屏蔽：${links.screened_hosts.join("、")}`}</p>}
      {links.note && <p className={css.note}>{links.note}</p>}
      {pack.declarations && pack.declarations.length > 0 && <p className={css.note}>{t`发布时要亲手勾的：${pack.declarations.join("、")}`}</p>}
      <p className={css.note}>{t`核对于 ${links.checked_on}`} <Sources of={[links.source]} about={t`链接放不放得`} /> {isStale(links.checked_on) && <Chip tone="amber">{t`过期 90 天`}</Chip>}</p>
      {asking && <Asking {...asking} onClose={() => setAsking(undefined)} onYes={(reason) => override.mutateAsync({ platform: pack.platform, rule: rule(asking.way), value: asking.to, reason })} />}
    </Card>
  );
}

function Asking({ words, to, onYes, onClose }: { words: string; to: Allow; onYes: (reason: string) => Promise<unknown>; onClose: () => void }) {
  const form = useKept(`rule.${words}.${to}`, "");
  const save = () => void onYes(form.value).then(() => { form.done(); onClose(); }, say.failed);
  return (
    <Modal open onClose={onClose} kept={form.filled} title={to === "yes" ? t`${words}：改成可以` : t`${words}：改成不可以`} actions={<Button kind="go" disabled={!form.value.trim()} onClick={save}>{t`就这样`}</Button>}>
      <TextArea label={t`怎么核实的`} autoFocus placeholder={t`比如：11 月 20 日读了平台规则第 3 条；或者发过一条没被限流`} value={form.value} onChange={form.set} note={t`平台的处罚由账号承担，草本只记下你的理由`} />
    </Modal>
  );
}
