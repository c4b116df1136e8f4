import { t } from "@lingui/core/macro";
import { Plural } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { cancelJob, type ChannelInfo, commands, type Exported, type Finding, pickFolder, revealFile, toCoreError, useJob, useRunJob } from "../ipc";
import { Button, Check, Chip, formatBytes, Modal, say, Segmented, TextArea } from "../kit";
import { CreateLinkDialog } from "../link/CreateLinkDialog";
import { AddChannel } from "../publication/AddChannel";
import { usePlatforms } from "../publication/api";
import { RecordDialog } from "../publication/RecordDialog";
import { useChecks } from "./api";
import { Proof } from "./Findings";
import { lookedWords } from "./looked";
import css from "./post.module.css";

type Props = { post: number; open: boolean; first: number | undefined; channels: ChannelInfo[]; onClose: () => void; onBefore: () => Promise<void> };

/** Choose channels, see what stands against each, write the bundles, then hand off. */
export function ExportDialog({ post, open, first, channels, onClose, onBefore }: Props) {
  const [chosen, setChosen] = useState<number[]>([]);
  const [reason, setReason] = useState("");
  const [where, setWhere] = useState<"own" | "pick">("own");
  const [folder, setFolder] = useState<string | null>(null);
  const [form, setForm] = useState<"folder" | "zip">("folder");
  const [result, setResult] = useState<Exported>();
  const [linking, setLinking] = useState<number>();
  const checks = useChecks(post, open ? channels.map((one) => one.id) : []);
  const run = useRunJob();
  const job = useJob("bundle");

  useEffect(() => {
    if (!open) return;
    setResult(undefined);
    setReason("");
    setChosen(first === undefined ? [] : [first]);
  }, [open]);

  const found = (channel: number): Finding[] => checks[channels.findIndex((one) => one.id === channel)]?.data?.findings ?? [];
  const waiting = chosen.some((id) => checks[channels.findIndex((one) => one.id === id)]?.isPending);
  const blocked = chosen.filter((id) => found(id).some((one) => one.severity === "block"));
  const ready = chosen.length > 0 && !waiting && (!blocked.length || reason.trim().length > 0 || blocked.length < chosen.length) && (where === "own" || folder);

  const write = async () => {
    try {
      await onBefore();
      setResult(await run("bundle", (number) => commands.exportBundle({ post, channels: chosen, out: where === "pick" ? folder : null, zip: form === "zip", override_reason: reason.trim() || null }, number)));
    } catch (error) {
      if (toCoreError(error).code !== "cancelled") say.failed(error, t`没有打包成`);
    }
  };
  const busy = job !== undefined;

  return (
    <Modal open={open} onClose={onClose} size={640} title={result ? (result.failed.length || result.blocked.length ? t`打包好了一部分` : t`打包好了`) : t`打包发布`}
      actions={result
        ? <Button kind="go" onClick={onClose}>{t`好`}</Button>
        : <>{busy && <Button onClick={() => void cancelJob(job.job)}>{t`停下`}</Button>}<Button kind="go" icon="export" busy={busy} disabled={!ready} onClick={() => void write()} data-testid="bundle-write">{chosen.length > 1 ? t`打包 ${chosen.length} 个渠道` : t`打包`}</Button></>}>
      {result ? <Result result={result} post={post} channels={channels} onAgain={() => setResult(undefined)} /> : !channels.length
        ? <div className="pile"><p>{t`先说说发到哪里：一个平台，一个账号。`}</p><AddChannel onDone={(added) => setChosen([added.id])} /></div>
        : (
          <div className="pile">
            <p className="muted">{t`每个渠道一个文件夹：按顺序的图片（不带位置和设备信息）、标题、正文、话题、要勾的声明。发还是你自己发。`}</p>
            {channels.map((channel, nth) => {
              const one = checks[nth];
              const list = one?.data?.findings ?? [];
              const count = (severity: Finding["severity"]) => list.filter((finding) => finding.severity === severity).length;
              const on = chosen.includes(channel.id);
              return (
                <div key={channel.id} className={css.way}>
                  <div className={css.wayHead}>
                    <Check label={channel.name} on={on} onChange={(yes) => setChosen(yes ? [...chosen, channel.id] : chosen.filter((id) => id !== channel.id))} />
                    <span>
                      {one?.error ? <Chip tone="persimmon">{t`没能检查`}</Chip> : one?.isPending ? <small>{t`正在看…`}</small> : !count("block") ? <Chip>{t`没有拦下的`}</Chip> : null}
                      {count("block") > 0 && <Chip tone="persimmon">{t`拦下 ${count("block")}`}</Chip>}
                      {count("warn") > 0 && <Chip tone="amber">{t`留意 ${count("warn")}`}</Chip>}
                    </span>
                  </div>
                  {on && list.some((finding) => finding.severity !== "info") && <ul>{list.filter((finding) => finding.severity !== "info").slice(0, 8).map((finding, at) => <li key={at}><span className={finding.severity === "block" ? "bad" : "muted"}>{finding.severity === "block" ? "■" : "▲"}</span> <b>{finding.message}</b> {finding.reason} <Proof finding={finding} />{finding.rule === "link.missing" && <Button small icon="link" onClick={() => setLinking(channel.id)} data-testid="bundle-link">{t`做一条`}</Button>}</li>)}</ul>}
                  {on && one?.data && <small className={css.lookedLine}>{lookedWords(one.data)}</small>}
                </div>
              );
            })}
            {blocked.length > 0 && <TextArea label={t`还是要发？写下理由`} note={t`理由会和发布包一起留着。不写，被拦下的渠道就不打包，别的照常。`} value={reason} onChange={setReason} placeholder={t`比如：这句是品牌授权的原话，授权书在凭证里`} />}
            <div className="row">
              <Segmented label={t`放在哪里`} value={where} onChange={(to) => { setWhere(to); if (to === "pick") void pickFolder(t`发布包放在哪里`).then((path) => { setFolder(path); if (!path) setWhere("own"); }); }} options={[{ value: "own", label: t`放在工作区` }, { value: "pick", label: t`选文件夹…` }]} />
              <Segmented label={t`文件夹还是压缩包`} value={form} onChange={setForm} options={[{ value: "folder", label: t`文件夹` }, { value: "zip", label: "ZIP" }]} />
              {where === "pick" && folder && <small className="cell">{folder}</small>}
            </div>
            {busy && <div className={css.bar} role="progressbar" aria-label={t`正在打包`} aria-valuenow={job.done} aria-valuemax={job.total ?? undefined}><i style={{ width: `${job.total ? Math.round((job.done / job.total) * 100) : 30}%` }} /></div>}
          </div>
        )}
      <CreateLinkDialog open={linking !== undefined} post={post} channel={linking} onClose={() => setLinking(undefined)} onDone={(link) => say.done(t`做好了 ${link.code}，打包时会带上`)} />
    </Modal>
  );
}

function Result({ result, post, channels, onAgain }: { result: Exported; post: number; channels: ChannelInfo[]; onAgain: () => void }) {
  const platforms = usePlatforms();
  const at = (channel: number) => channels.find((one) => one.id === channel);
  const name = (channel: number) => at(channel)?.name ?? "";
  // A group or a wall of moments has no link to paste back: asking for one would be asking for nothing.
  const receipts = (channel: number) => platforms.data?.find((one) => one.platform === at(channel)?.platform)?.receipt !== false;
  const [recording, setRecording] = useState<number>();
  const [out, setOut] = useState<number[]>([]);
  return (
    <div className="pile">
      {result.bundles.map((bundle) => (
        <div key={bundle.id} className={css.done}>
          <div>
            <b>{name(bundle.channel)}</b> <small><Plural value={bundle.files.length} other="# 个文件" /> · {formatBytes(bundle.files.reduce((sum, file) => sum + file.bytes, 0))}</small>
            <code>{bundle.dir}</code>
          </div>
          <Button small icon="folder" onClick={() => revealFile(bundle.dir).catch(say.failed)}>{t`打开文件夹`}</Button>
          {out.includes(bundle.channel) ? <Chip tone="sprout" icon="check">{t`已记下`}</Chip> : <Button small icon="publication" onClick={() => setRecording(bundle.channel)}>{t`记为已发布`}</Button>}
        </div>
      ))}
      {result.blocked.map((one) => (
        <div key={one.channel} className={css.done}>
          <div><b>{name(one.channel)}</b> <Chip tone="persimmon">{t`拦下了，没有打包`}</Chip>{one.findings.filter((finding) => finding.severity === "block").map((finding, nth) => <p key={nth} className="muted">{finding.message}</p>)}</div>
          <Button small onClick={onAgain}>{t`写理由或回去改`}</Button>
        </div>
      ))}
      {result.failed.map((one) => (
        <div key={one.channel} className={css.done} role="alert">
          <div><b>{name(one.channel)}</b> <Chip tone="persimmon">{t`没有打成`}</Chip><p className="muted">{one.message}</p></div>
          <Button small onClick={onAgain}>{t`再试一次`}</Button>
        </div>
      ))}
      {!result.bundles.length && !result.blocked.length && !result.failed.length && <p>{t`停下了，没有写任何文件。`}</p>}
      {result.bundles.some((bundle) => receipts(bundle.channel)) && <p className="muted">{t`发完把笔记的链接贴回来，订单才说得清是哪篇带来的。也可以晚点在「发布」里贴。`}</p>}
      <RecordDialog open={recording !== undefined} post={post} channel={recording} onClose={() => setRecording(undefined)} onDone={() => setOut((was) => [...was, recording ?? 0])} />
    </div>
  );
}
