import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { useState } from "react";
import type { Shop, SyncReport } from "../ipc";
import { Button, Chip, Confirm, Drawer, EmptyState, formatNum, IconButton, Loaded, Menu, say, When } from "../kit";
import { useRemoveShop, useSyncs } from "./api";
import { RekeyShop } from "./ConnectShop";
import { kindWords, placeWords, shopWords } from "./words";
import css from "./order.module.css";

/** Says what a sync did: what came, and each shop that did not answer with its own sentence. */
export const tell = {
  onSuccess: ({ shops }: SyncReport) => {
    const sum = (of: "new" | "updated" | "refunds" | "erased") => shops.reduce((all, shop) => all + shop[of], 0);
    if (shops.some((shop) => !shop.error)) say.done(sum("new") + sum("updated") + sum("erased") === 0 ? t`都是最新的` : t`新 ${sum("new")} 单，更新 ${sum("updated")} 单，其中退款变了 ${sum("refunds")} 单`);
    for (const shop of shops) if (shop.erased > 0) say.done(t`${shop.name}：店铺里已删除 ${shop.erased} 单，不再计入`);
    for (const shop of shops) for (const said of shop.warned) say.done(`${shop.name}：${said}`);
    for (const shop of shops) if (shop.error) say.failed(shop.error, shop.name);
  },
  onError: (error: unknown) => { if (!(error instanceof Object && "code" in error && error.code === "cancelled")) say.failed(error); },
};

type Props = { shops: Shop[]; chosen?: number; onChoose: (shop: number | undefined) => void; syncing?: number[]; onSync: (shop: number) => void; onConnect: () => void };

/** The shops side by side. A click on one shows only its orders. */
export function ShopStrip({ shops, chosen, onChoose, syncing, onSync, onConnect }: Props) {
  const [history, setHistory] = useState<Shop>();
  const [leaving, setLeaving] = useState<Shop>();
  const [rekeying, setRekeying] = useState<Shop>();
  return (
    <div className={css.strip}>
      {shops.map((shop) => {
        const busy = syncing !== undefined && (syncing.length === 0 || syncing.includes(shop.id));
        return (
          <section key={shop.id} className={`card ${css.shop}`} aria-label={shop.name} data-on={chosen === shop.id || undefined}>
            <button type="button" className={css.name} aria-pressed={chosen === shop.id} onClick={() => onChoose(chosen === shop.id ? undefined : shop.id)}>
              <b>{shop.name}</b><small>{shopWords(shop)} · {t`${formatNum(shop.orders)} 单`}</small>
            </button>
            <div className={css.tools}>
              {shop.kind !== "file" && <IconButton small icon="sync" label={t`同步${shop.name}`} busy={busy} onClick={() => onSync(shop.id)} />}
              {/* Orders entered by hand have nowhere to come back from: they go one by one, each with an undo. */}
              {!(shop.by_hand && shop.orders > 0) && <Menu label={shop.name} entries={[
                { label: t`同步记录`, icon: "clock", onClick: () => setHistory(shop) },
                ...(shop.kind === "file" ? [] : [{ label: t`重填密钥`, icon: "lock" as const, onClick: () => setRekeying(shop) }]),
                "rule", { label: t`断开店铺`, icon: "trash", danger: true, onClick: () => setLeaving(shop) },
              ]}><Button small kind="quiet" icon="more" className="only" aria-label={t`${shop.name}的更多操作`} /></Menu>}
            </div>
            {shop.last_error
              ? <p className={`bad ${css.state}`} title={shop.last_error}>{shop.last_error}</p>
              : <p className={css.state}>{shop.last_synced_at ? <Trans>更新于 <When at={Date.parse(shop.last_synced_at)} form="ago" /></Trans> : t`还没有同步过`}{(shop.secret_place === "missing" || shop.secret_place === "session") && shop.kind !== "file" && <Chip tone="amber" title={placeWords(shop.secret_place)}>{shop.secret_place === "missing" ? t`密钥不在了` : t`密钥只记到关窗`}</Chip>}</p>}
          </section>
        );
      })}
      <button type="button" className={css.add} onClick={onConnect}>{t`连接店铺`}</button>
      {history && <History shop={history} onClose={() => setHistory(undefined)} />}
      {rekeying && <RekeyShop shop={rekeying} onClose={() => setRekeying(undefined)} />}
      {leaving && <Leave shop={leaving} onClose={() => setLeaving(undefined)} />}
    </div>
  );
}

function History({ shop, onClose }: { shop: Shop; onClose: () => void }) {
  const runs = useSyncs(shop.id);
  return (
    <Drawer open onClose={onClose} title={t`${shop.name}的同步记录`}>
      <p className="muted">{shop.kind === "file" ? kindWords(shop.kind) : placeWords(shop.secret_place)}</p>
      {shop.last_error && <p className="bad">{shop.last_error}</p>}
      <Loaded query={runs} empty={<EmptyState drawing="receipt" title={t`还没有同步过`} />}>
        {(all) => (
          <ul className={css.runs}>
            {all.map((run) => (
              <li key={run.id}>
                <b><When at={Date.parse(run.started_at)} form="full" /></b>
                <span>{t`新 ${run.new}，更新 ${run.updated}，没变 ${run.unchanged}，退款变了 ${run.refunds}`}</span>
                {run.erased > 0 && <span>{t`店铺里已删除 ${run.erased} 单，不再计入`}</span>}
                <small>{t`${run.pages} 页，${formatNum(run.duration_ms / 1000, { digits: 1 })} 秒`}{run.retries > 0 && t`，重试 ${run.retries} 次`}</small>
                {run.error && <p className="bad">{run.error}</p>}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Drawer>
  );
}

/** Disconnecting. A shop's orders cannot stay without it, so the sentence says how many go, and from where they could come back. */
function Leave({ shop, onClose }: { shop: Shop; onClose: () => void }) {
  const remove = useRemoveShop();
  const go = () => remove.mutateAsync({ id: shop.id, withOrders: shop.orders > 0 });
  const file = shop.kind === "file";
  return (
    <Confirm open onClose={onClose} title={t`断开「${shop.name}」`} yes={shop.orders ? t`断开并删去 ${formatNum(shop.orders)} 单` : t`断开`} onYes={go}>
      <p>{leaving(shop, file)}</p>
    </Confirm>
  );
}

function leaving(shop: Shop, file: boolean): string {
  const count = formatNum(shop.orders);
  if (!shop.orders) return file ? t`它一单也没有，只是不再列在这里。` : t`密钥会从这台电脑上删去，店铺那边不受影响。`;
  return file
    ? t`它的 ${count} 单会从草本里删去，哪篇带来了多少也跟着变，不能撤销。导入过的表格还留着，就能再导入一次取回来；没留着，就取不回来了。`
    : t`它的 ${count} 单会从草本里删去，哪篇带来了多少也跟着变。店铺那边不受影响，以后再连上可以取回店铺还留着的单。`;
}
