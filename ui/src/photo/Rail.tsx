import { useDroppable } from "@dnd-kit/core";
import { t } from "@lingui/core/macro";
import { photoUrl, type ProductSummary, type Trial } from "../ipc";
import { daysBetween, dayToMs, Icon, type IconName, msToDay, Picture } from "../kit";
import { usePhotoPosts } from "./api";
import css from "./photo.module.css";

/** What a drop means; the page does it. */
export type Target = { to: "taken"; trial: Trial } | { to: "day"; trial: Trial; on: string } | { to: "product"; id: number; name: string } | { to: "post"; id: number; title: string } | { to: "new" };

/** Slides in from the right while photos are carried: days of running trials, products, posts. */
export function Rail({ count, products, trials }: { count: number; products: readonly ProductSummary[]; trials: readonly Trial[] }) {
  const posts = usePhotoPosts().data ?? [];
  const today = msToDay(Date.now());
  const running = trials.filter((trial) => !trial.finished_on).slice(0, 3);
  // All of it in sight: nobody scrolls with photos in hand.
  const some = window.innerHeight > 900 ? 6 : 4;
  const shown = products.toSorted((a, b) => b.photos - a.photos).slice(0, some);
  const cover = new Map(products.map((product) => [product.id, product.cover]));
  return (
    <aside className={css.rail} aria-label={t`放到哪里`} data-testid="photo-rail">
      <b>{t`${count} 张放到哪里`}</b>
      {running.length > 0 && <small>{t`试用`}</small>}
      {running.map((trial) => (
        <div key={trial.id} className={css.pair}>
          <b>{trial.product_name}</b>
          <Spot target={{ to: "taken", trial }} title={t`拍的那天`} note={t`各归各的`} cover={cover.get(trial.product)} icon="trial" />
          <Spot target={{ to: "day", trial, on: today }} title={t`今天`} note={t`第 ${daysBetween(dayToMs(trial.started_on), dayToMs(today)) + 1} 天`} icon="today" />
        </div>
      ))}
      {shown.length > 0 && <small>{t`好物`}</small>}
      {shown.map((product) => <Spot key={product.id} target={{ to: "product", id: product.id, name: product.name }} title={product.name} cover={product.cover} icon="product" />)}
      <small>{t`内容`}</small>
      <Spot target={{ to: "new" }} title={t`新写一篇`} icon="plus" />
      {posts.slice(0, some - 2).map((post) => <Spot key={post.id} target={{ to: "post", id: post.id, title: post.title }} title={post.title || t`还没有标题`} cover={post.cover} icon="post" />)}
    </aside>
  );
}

const keyOf = (target: Target) => ("trial" in target ? `${target.to}-${target.trial.id}` : "id" in target ? `${target.to}-${target.id}` : target.to);

function Spot({ target, title, note, cover, icon }: { target: Target; title: string; note?: string; cover?: number | null; icon: IconName }) {
  const drop = useDroppable({ id: keyOf(target), data: { target } });
  return (
    <div ref={drop.setNodeRef} className={`${css.spot} ${drop.isOver ? css.over : ""}`} data-target={keyOf(target)}>
      {typeof cover === "number" ? <Picture src={photoUrl(cover, "thumb")} alt="" width={30} style={{ borderRadius: 6, flex: "none" }} /> : <Icon name={icon} />}
      <span className="cell">{title}{note && <small>{note}</small>}</span>
    </div>
  );
}
