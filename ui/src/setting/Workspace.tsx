import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { backups, type Info, pickFile, pickFolder, pickSave, type Problem, revealFile } from "../ipc";
import { Button, Card, Confirm, formatBytes, formatNum, Lines, Loaded, msToDay, Pairs, say, Stat, Stats, When } from "../kit";
import { useBackup, useCheckWorkspace, useOpenWorkspace, useRestore, useWorkspace } from "./api";
import css from "./setting.module.css";
import { WatchCard } from "./Watch";

/** 工作区: where everything lies, how much it is, whether it is whole, and a copy of it. `act` "backup" (from the palette) asks for the file at once. */
export function Workspace({ act }: { act?: string }) {
  const workspace = useWorkspace();
  return <Loaded query={workspace} shape="page">{(info) => <Parts info={info} act={act} />}</Loaded>;
}

function Parts({ info, act }: { info: Info; act?: string }) {
  return (
    <div className={css.pile}>
      <Stats>
        <Stat name={t`好物`} value={formatNum(info.products)} />
        <Stat name={t`照片`} value={formatNum(info.photos)} note={formatBytes(info.photo_bytes)} />
        <Stat name={t`内容`} value={formatNum(info.posts)} />
        <Stat name={t`订单`} value={formatNum(info.orders)} />
      </Stats>
      <div className={css.two}>
        <Folder info={info} />
        <Copies info={info} act={act} />
      </div>
      <WatchCard />
      <Checkup />
    </div>
  );
}

function Folder({ info }: { info: Info }) {
  const open = useOpenWorkspace();
  const choose = async (title: string) => {
    const folder = await pickFolder(title);
    if (!folder) return;
    open.mutate(folder);
  };
  return (
    <Card title={info.name} note={t`一个文件夹就是全部，拷走就是完整的一份`}>
      <button type="button" className={css.path} onClick={() => void revealFile(info.folder).catch(say.failed)} title={t`在文件夹里看`}>{info.folder}</button>
      <Pairs of={[[t`数据库`, formatBytes(info.database_bytes)], [t`照片原件`, formatBytes(info.photo_bytes)], [t`结构版本`, <span className="num" key="schema">{info.schema}</span>]]} />
      {info.only_read === "disk_full" && <p className="bad">{t`磁盘满了，现在只能看和导出。请先腾出几 MB，再打开一次。`}</p>}
      {info.only_read && info.only_read !== "disk_full" && <p className="bad">{t`这里写不进去，现在只能看和导出。要改的话，请先把整个文件夹拷到能写的磁盘上。`}</p>}
      <div className={css.acts}>
        <Button icon="folder" busy={open.isPending} onClick={() => void choose(t`选一个工作区文件夹`)} data-testid="workspace-open">{t`打开另一个`}</Button>
        <Button icon="plus" kind="quiet" onClick={() => void choose(t`选一个空文件夹，放新的工作区`)}>{t`新建工作区`}</Button>
      </div>
    </Card>
  );
}

function Copies({ info, act }: { info: Info; act?: string }) {
  const backup = useBackup();
  const restore = useRestore();
  const router = useRouter();
  const [plan, setPlan] = useState<{ file: string; folder: string }>();
  const save = async () => {
    const file = await pickSave(t`备份放在哪里`, `${info.name}-${msToDay(Date.now())}.zip`);
    if (file) backup.mutate(file, { onSuccess: ({ problems }) => problems.length === 0 && say.done(t`备份好了`) });
  };
  const asked = useRef(false);
  useEffect(() => {
    if (act !== "backup") { asked.current = false; return; }
    if (asked.current) return;
    asked.current = true;
    router.history.replace("/setting?part=workspace");
    void save();
  });
  const choose = async () => {
    const file = await pickFile(t`选一份草本备份`, backups);
    const folder = file && await pickFolder(t`选一个空文件夹，恢复到那里`);
    if (folder) setPlan({ file, folder });
  };
  return (
    <Card title={t`备份`} note={info.last_backup_at ? <Trans>上一次 <When at={Date.parse(info.last_backup_at)} form="ago" /></Trans> : t`还没有备份过`}>
      <p className="muted">{t`备份是一个 zip：数据库、照片原件和发布包都在里面。店铺密钥不在里面，换电脑后要重填一次。`}</p>
      <div className={css.acts}>
        <Button kind="go" icon="export" busy={backup.isPending} onClick={() => void save()} data-testid="workspace-backup">{t`备份到文件`}</Button>
        <Button kind="quiet" icon="undo" busy={restore.isPending} onClick={() => void choose()}>{t`从备份恢复`}</Button>
      </div>
      <Wrong title={t`备份写好了，但有 ${backup.data?.problems.length ?? 0} 个文件不对：`} problems={backup.data?.problems} />
      <Confirm open={Boolean(plan)} onClose={() => setPlan(undefined)} title={t`恢复到新文件夹`} yes={t`恢复并打开`} danger={false}
        onYes={() => plan && restore.mutate(plan)}>
        <p><Trans>备份会解开到 <b>{plan?.folder}</b>，然后打开它。现在这个工作区原样留在原处。</Trans></p>
      </Confirm>
    </Card>
  );
}

/** What a copy could not bring along as it was. */
function Wrong({ title, problems = [] }: { title: string; problems?: Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <>
      <p className="bad" role="alert">{title}</p>
      <div className={css.problems} tabIndex={0}><Lines of={problems.map((one, nth) => ({ key: nth, body: one.what, end: one.where }))} /></div>
    </>
  );
}

function Checkup() {
  const check = useCheckWorkspace();
  const problems = check.data?.problems ?? [];
  return (
    <Card title={t`体检`} note={t`数据库逐页看，每张照片和它的指纹对一遍`}
      actions={<Button icon="check" busy={check.isPending} onClick={() => check.mutate(undefined, { onError: (error) => say.failed(error) })} data-testid="workspace-check">{t`检查一遍`}</Button>}>
      {check.data?.ok && <p className="good">{t`都完好：数据库没有损坏，照片一张不少、一字节不差。`}</p>}
      {!!check.data?.mended && <p className="muted">{t`${check.data.mended} 张缩略图坏了，已经照原图重做。`}</p>}
      {problems.length > 0 && (
        <>
          <p className="bad">{t`有 ${problems.length} 处不对。先别删任何东西，备份一份，再对照下面看。`}</p>
          <div className={css.problems} tabIndex={0}><Lines of={problems.map((one, nth) => ({ key: nth, body: one.what, end: one.where }))} /></div>
        </>
      )}
      {!check.data && <p className="muted">{t`几万张照片要看一会儿，随时可以停；停下不影响什么。`}</p>}
    </Card>
  );
}
