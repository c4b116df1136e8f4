import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Credit, Model, Order, Tier } from "../ipc";
import { Button, Chip, Drawer, formatPercent, Lines, Loaded, Money, Pairs, Segmented, When } from "../kit";
import { MatchSku } from "../product/MatchSku";
import { useCredits, useOrder } from "./api";
import type { HandVerbs } from "./hand";
import { paidWords, promised, statusWords, tagList } from "./words";
import css from "./order.module.css";

/** One order: what was bought, what came back, the tags as received, and why it is owed to whom. */
export function OrderDrawer({ id, hand, onClose }: { id: number | undefined; hand: HandVerbs; onClose: () => void }) {
  const order = useOrder(id);
  return (
    <Drawer open={id !== undefined} onClose={onClose} size={480} title={order.data?.number ?? " "}>
      {id !== undefined && <Loaded query={order} shape="page">{(one) => <Body order={one} hand={hand} />}</Loaded>}
    </Drawer>
  );
}

function Body({ order, hand }: { order: Order; hand: HandVerbs }) {
  const status = statusWords(order.status);
  const money = (minor: number) => <Money minor={minor} currency={order.currency} />;
  const tags = tagList(order.tags);
  return (
    <div className={css.order}>
      <header>
        <b className={css.net}>{money(order.net)}</b>
        <span><Chip tone={status.tone}>{status.text}</Chip>{order.source_status && !order.by_hand && <small>{t`店铺的说法：${order.source_status}`}</small>}</span>
        <small><Trans>{order.shop_name} · <When at={Date.parse(order.placed_at)} form="full" /></Trans></small>
        {order.by_hand && <div className={css.verbs}>{hand.entries(order).map((entry, nth) => <Button key={nth} small icon={entry.icon} kind={entry.danger ? "danger" : "plain"} onClick={entry.onClick}>{entry.label}</Button>)}</div>}
      </header>
      <Why order={order} />
      <section>
        <h3>{t`买了什么`}</h3>
        <Lines of={order.lines.map((line) => ({
          key: line.id,
          body: <>{line.title}{line.quantity > 1 && ` × ${line.quantity}`}<small className={css.sku}>{line.sku}{line.product === null && (line.sku ? ` · ${t`还没对上好物`}` : t`还没对上好物`)}{line.product === null && line.sku && <> <MatchSku shop={order.shop_name} sku={line.sku} title={line.title} /></>}</small></>,
          end: <>{money(line.amount)}{line.refunded > 0 && <span className="bad"> <Money minor={-line.refunded} currency={order.currency} /></span>}</>,
        }))} />
        <Pairs of={[
          [paidWords(order), money(order.gross)],
          ...(order.refunded ? [[t`退了`, <Money key="refunded" minor={-order.refunded} currency={order.currency} tone="bad" />] as [string, React.ReactNode]] : []),
          ...(order.commission_estimated !== null ? [[promised(order), money(order.commission_estimated)] as [string, React.ReactNode]] : []),
          ...(order.commission_settled !== null ? [[t`已结佣金`, money(order.commission_settled)] as [string, React.ReactNode]] : []),
        ]} />
      </section>
      {order.refunds.length > 0 && (
        <section>
          <h3 className="bad">{t`退款`}</h3>
          <Lines of={order.refunds.map((refund, nth) => ({
            key: nth,
            body: <>{refund.reason || t`没有说原因`}<small className={css.sku}>{!order.by_hand && refund.state}{refund.at && <>{!order.by_hand && " · "}<When at={Date.parse(refund.at)} form="full" /></>}</small></>,
            end: <Money minor={-refund.amount} currency={order.currency} tone="bad" />,
          }))} />
        </section>
      )}
      {!order.by_hand && (
        <section>
          <h3>{t`订单带来的标签`}</h3>
          {tags.length ? <Pairs of={tags} /> : <p className="muted">{t`一个也没有`}</p>}
        </section>
      )}
    </div>
  );
}

const tones = { A: "sprout", B: "sprout", C: "sky", D: "amber" } as const satisfies Record<Tier, string>;

/** The credits of an order as sentences, lines that say the same taken together. */
function Why({ order }: { order: Order }) {
  const [model, setModel] = useState<Model>("last");
  const credits = useCredits(order.id, model);
  const once = (all: Credit[]) => [...new Map(all.map((one) => [`${one.post} ${one.channel} ${one.why}`, one])).values()];
  return (
    <section className={css.why}>
      <div className={css.whyHead}>
        <h3>{t`为什么算给它`}</h3>
        <Segmented<Model> label={t`怎么分`} value={model} onChange={setModel} options={[{ value: "first", label: t`首次` }, { value: "last", label: t`末次` }, { value: "linear", label: t`平均` }, { value: "decay", label: t`衰减` }]} />
      </div>
      <Loaded query={credits} shape={<p className="muted" role="status">…</p>}
        empty={<p className="muted">{order.by_hand ? t`没有写是哪篇带来的。不猜。` : tagList(order.tags).length ? t`带着标签，但和现有的链接、优惠码、笔记都对不上。不猜，算「不知道从哪来」。` : t`没有带任何标签，不知道从哪来。不猜。`}</p>}>
        {(all) => once(all).map((credit) => (
          <div key={`${credit.post} ${credit.channel} ${credit.why}`} className={css.credit}>
            <p><Chip tone={tones[credit.tier]}>{t`${credit.tier} 级`}</Chip><Link to="/post/$id" params={{ id: String(credit.post) }}>{credit.post_title}</Link>{credit.credit !== null && credit.credit < 1 && <small className="num">{formatPercent(credit.credit, 0)}</small>}</p>
            <p className="muted">{credit.why}</p>
          </div>
        ))}
      </Loaded>
    </section>
  );
}
