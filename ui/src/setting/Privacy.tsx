import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { BuyerKey } from "../ipc";
import { Button, Card, Lines, Loaded, say, TextField } from "../kit";
import { useBuyerKey, useRecoverBuyerKey, useReleaseBuyerKey, useShowBuyerCode } from "./api";
import css from "./setting.module.css";

/** 隐私: what is kept, where, and what never leaves; each line is held by the core, none is a promise of the screen. */
export function Privacy() {
  const lines = (words: string[]) => <Lines of={words.map((body) => ({ key: body, body }))} />;
  return (
    <div className={css.pile}>
      <div className={css.two}>
        <Card title={t`存在这台电脑上的`}>
          {lines([
            t`好物、试用日志、照片原件、内容和它的每一次改动`,
            t`订单的单号、金额、状态、退款和来路标签`,
            t`买家只留一个带钥匙的指纹，认得出是不是同一个人，认不出是谁`,
            t`店铺密钥交给系统的钥匙串（没有钥匙串的电脑上只记到关窗），不进数据库，也不进备份`,
          ])}
        </Card>
        <Card title={t`从不存的`}>
          {lines([
            t`买家的姓名、电话、地址：读到表格里有，当场丢掉`,
            t`平台账号和密码：草本不登录任何平台`,
            t`使用统计：没有账号，没有埋点`,
          ])}
        </Card>
      </div>
      <KeyCard />
      <div className={css.two}>
        <Card title={t`什么时候会出网`}>
          {lines([
            t`你点「同步」时，只连你自己填的店铺地址`,
            t`你点开一个网址时，由你自己的浏览器打开`,
            t`除此之外，一个字节也不出去`,
          ])}
        </Card>
        <Card title={t`发布包里带出去的`}>
          {lines([
            t`你选的图：去掉了拍摄地点、相机信息和原文件名`,
            t`你写的字、话题和链接，发不发、发到哪，都由你亲手来`,
            t`凭证、日志和草稿不会进发布包`,
          ])}
        </Card>
      </div>
    </div>
  );
}

/** The key that buyers' hashes are made with: where it is, and the code that carries it to another computer. */
function KeyCard() {
  const key = useBuyerKey();
  return (
    <Card title={t`认得出老买家的钥匙`} note={t`指纹在工作区里，钥匙不在：拷走整个文件夹的人也试不出手机号`}>
      <Loaded query={key} shape="rows">{(now) => <KeyParts of={now} />}</Loaded>
    </Card>
  );
}

function KeyParts({ of }: { of: BuyerKey }) {
  const show = useShowBuyerCode();
  const recover = useRecoverBuyerKey();
  const release = useReleaseBuyerKey();
  const [typed, setTyped] = useState<string>();
  const take = () => recover.mutate(typed ?? "", { onSuccess: () => { setTyped(undefined); say.done(t`接上了，老买家照旧认得出`); } });
  const has = of.place !== "missing" && of.place !== "none";
  return (
    <>
      <p className={of.place === "missing" || of.place === "database" ? "bad" : undefined}>{of.message}</p>
      {show.data && (
        <>
          <p className="num" data-testid="buyer-code">{show.data}</p>
          <p className="muted">{t`写在纸上收好。谁有它，谁就能从这个工作区里试出买家的手机号，别发给别人。`}</p>
        </>
      )}
      {typed !== undefined && (
        <TextField label={t`恢复码`} note={t`14 组，每组 4 个字母或数字，大小写都行`} value={typed} onChange={setTyped} onEnter={take} error={recover.error?.message} autoFocus data-testid="buyer-code-field" />
      )}
      <div className={css.acts}>
        {has && !show.data && <Button busy={show.isPending} onClick={() => show.mutate()} data-testid="buyer-code-show">{t`看恢复码`}</Button>}
        {show.data && <Button onClick={() => show.reset()}>{t`收起恢复码`}</Button>}
        {of.place === "database" && show.data && <Button kind="danger" busy={release.isPending} onClick={() => release.mutate()}>{t`我记下了，从数据库里删掉`}</Button>}
        {typed === undefined
          ? <Button kind="quiet" onClick={() => setTyped("")} data-testid="buyer-code-enter">{t`我有恢复码`}</Button>
          : <Button kind="go" busy={recover.isPending} disabled={typed.trim() === ""} onClick={take}>{t`用这串接上`}</Button>}
        {typed !== undefined && <Button kind="quiet" onClick={() => { setTyped(undefined); recover.reset(); }}>{t`不填了`}</Button>}
      </div>
    </>
  );
}
