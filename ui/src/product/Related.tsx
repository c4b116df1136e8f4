import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { Fragment } from "react";
import { photoUrl, type Status } from "../ipc";
import { Button, Card, formatNum, formatSpan, formatWhen, dayToMs, Lines, Loaded, Money, Picture } from "../kit";
import { useProductOrderCount, useProductOrders, useProductPosts, useProductTrials } from "./api";
import css from "./product.module.css";

/** The trials of this product, newest first. */
export function Trials({ product, onStart }: { product: number; onStart: () => void }) {
  const go = useNavigate();
  return (
    <Card title={t`试用`} actions={<Button small icon="plus" onClick={onStart}>{t`开始一次`}</Button>}>
      <Loaded query={useProductTrials(product)} empty={<p className="muted">{t`还没试过。试过的话，内容里每一句都有出处。`}</p>}>
        {(trials) => (
          <Lines of={trials.map((trial) => ({
            key: trial.id, end: trial.finished_on ? t`结束了` : t`进行中`,
            body: (
              <button type="button" className={css.opens} onClick={() => void go({ to: "/trial/$id", params: { id: String(trial.id) } })}>
                <span><b>{trial.finished_on ? formatSpan(dayToMs(trial.started_on), dayToMs(trial.finished_on)) : t`${formatWhen(dayToMs(trial.started_on))}开始`}</b>
                  <small>{t`${trial.days.length} 天有记录 · ${trial.shortcomings.length} 条缺点`}</small></span>
              </button>
            ),
          }))} />
        )}
      </Loaded>
    </Card>
  );
}

/** The posts that recommend it. */
export function Posts({ product, onWrite }: { product: number; onWrite: () => void }) {
  const go = useNavigate();
  return (
    <Card title={t`内容`} actions={<Button small icon="edit" onClick={onWrite}>{t`写一篇`}</Button>}>
      <Loaded query={useProductPosts(product)} empty={<p className="muted">{t`还没写过它。`}</p>}>
        {(posts) => (
          <Lines of={posts.slice(0, 12).map((post) => ({
            key: post.id, end: post.publications ? t`发了 ${post.publications} 处` : t`草稿`,
            body: (
              <button type="button" className={css.opens} onClick={() => void go({ to: "/post/$id", params: { id: String(post.id) } })}>
                <Picture src={post.cover === null ? null : photoUrl(post.cover, "thumb")} alt="" width={30} style={{ borderRadius: 6, flex: "none" }} />
                <span><b>{post.title || t`还没有标题`}</b><small>{formatWhen(Date.parse(post.updated_at), "ago")}</small></span>
              </button>
            ),
          }))} />
        )}
      </Loaded>
    </Card>
  );
}

const statusWord = (status: Status) => ({ created: t`待付款`, paid: t`已付款`, received: t`已收货`, settled: t`已结算`, invalid: t`已失效`, refunded: t`已退款`, unknown: t`状态不明` })[status];

/** The newest orders that hold it; refunds are said, never hidden. */
export function Orders({ product }: { product: number }) {
  const go = useNavigate();
  const orders = useProductOrders(product);
  const count = useProductOrderCount(product);
  return (
    <Card title={t`订单`} actions={count.data ? <Button small onClick={() => void go({ to: "/order", search: { product } } as never)}>{t`看全部 ${formatNum(count.data)} 单`}</Button> : undefined}>
      <Loaded query={orders} empty={<p className="muted">{t`还没有订单。填好店里的编号，同步或导入以后就会出现。`}</p>}>
        {(all) => (
          <Lines of={all.slice(0, 6).map((order) => ({
            key: order.id, end: <Fragment>{formatWhen(Date.parse(order.placed_at))}<br />{statusWord(order.status)}</Fragment>,
            body: <><Money minor={order.net} currency={order.currency} />{order.refunded > 0 && <small> {t`退了`} <Money minor={order.refunded} currency={order.currency} tone="bad" /></small>}<br /><small>{[order.shop_name, order.number].join(" · ")}</small></>,
          }))} />
        )}
      </Loaded>
    </Card>
  );
}
