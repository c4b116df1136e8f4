import { t } from "@lingui/core/macro";
import { useDraggable } from "@dnd-kit/core";
import { memo, type ReactNode, useState } from "react";
import { type Photo, photoUrl, type PriceKind, type Product, type Review, type Trial } from "../ipc";
import { Button, daysBetween, EmptyState, formatMoney, formatWhen, Icon, IconButton, Menu, type MenuEntry, Picture, Segmented, Skeleton } from "../kit";
import { AddPrice } from "../product/Prices";
import { PasteDialog } from "../review/PasteDialog";
import { type Evidence as Known, ms } from "./api";
import { refer } from "./reference";
import css from "./post.module.css";

/** A piece of evidence as the editor takes it. */
export type Piece = { key: string; insert: string; ownLine?: boolean; ghost: ReactNode };

export const priceWords = (kind: PriceKind) => ({ paid: t`到手价`, promo: t`活动价`, list: t`划线价`, msrp: t`建议零售价`, other: t`价格` })[kind];

/** 第 N 天 of the trial a photo belongs to, else its caption or where it is from. */
export function photoWords(photo: Photo, trials: readonly Trial[]): string {
  const trial = trials.find((one) => one.id === photo.trial) ?? trials.find((one) => one.days.some((day) => day.photos.includes(photo.id)));
  const day = trial?.days.find((one) => one.photos.includes(photo.id))?.on ?? photo.taken_at?.slice(0, 10);
  const nth = trial && day ? daysBetween(ms(`${trial.started_on}T00:00`), ms(`${day}T00:00`)) + 1 : 0;
  return [nth > 0 ? t`第 ${nth} 天` : "", photo.caption].filter(Boolean).join(" · ");
}

/** What can be dragged or clicked into the text. */
function Grip({ piece, onInsert, label, className = "", children }: { piece: Piece; onInsert: (piece: Piece) => void; label: string; className?: string; children: ReactNode }) {
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({ id: piece.key, data: piece });
  return (
    <button type="button" ref={setNodeRef} {...attributes} {...listeners} role="button" className={`${css.grip} ${className}`} data-away={isDragging || undefined} onClick={() => onInsert(piece)}>
      <span className="visually-hidden">{label}</span>
      {children}
    </button>
  );
}

const sources = () => ({ own: "", brand: t`品牌方`, buyer: t`买家秀`, screenshot: t`截图` });

/** The left column: what the post's products have been through, to be dragged or clicked into the text. */
export const Evidence = memo(function Evidence({ known, products, used, onInsert, onProducts }: { known: Known; products: number[]; used: ReadonlySet<string>; onInsert: (piece: Piece) => void; onProducts: () => void }) {
  const [adding, setAdding] = useState<{ kind: "price" | "review"; product: Product }>();
  const [shown, setShown] = useState<"all" | "photo" | "trial" | "review" | "price">("all");
  if (!products.length) {
    return <section className={`card ${css.evidence}`} aria-label={t`证据`}><EmptyState drawing="shelf" title={t`这篇写的是哪件好物`} actions={<Button kind="go" icon="plus" onClick={onProducts} data-testid="post-products">{t`选好物`}</Button>}>{t`选好之后，它的照片、试用、评价和价格都摆在这里，点一下就进正文。`}</EmptyState></section>;
  }
  const { photos, trials, reviews, prices, goods } = known;
  const error = photos.error ?? trials.error ?? reviews.error ?? prices.error;
  const shows = (what: typeof shown) => shown === "all" || shown === what;
  const name = (product: number) => (goods.length > 1 ? goods.find((one) => one.id === product)?.name : undefined);
  const none = !photos.data.length && !trials.data.length && !reviews.data.length && !prices.data.length;
  return (
    <section className={`card ${css.evidence}`} aria-label={t`证据`}>
      <header className={css.sideHead}>
        <h2>{t`证据`}</h2><small>{t`点一下或拖进正文`}</small>
        {goods.length > 0 && (
          <Menu label={t`添一条证据`} entries={goods.flatMap((product): MenuEntry[] => {
            const of = goods.length > 1 ? ` · ${product.name}` : "";
            return [{ label: `${t`记一个价`}${of}`, icon: "plus", onClick: () => setAdding({ kind: "price", product }) }, { label: `${t`贴反馈`}${of}`, icon: "copy", onClick: () => setAdding({ kind: "review", product }) }];
          })}><IconButton small label={t`添一条证据`} icon="plus" data-testid="evidence-add" /></Menu>
        )}
      </header>
      <Segmented label={t`看哪一类`} value={shown} onChange={setShown} options={[{ value: "all", label: t`全部` }, { value: "photo", label: t`照片` }, { value: "trial", label: t`试用` }, { value: "review", label: t`评价` }, { value: "price", label: t`价格` }]} />
      <div className={css.sideBody}>
        {error ? <p className="bad">{t`有一部分证据没能读出来，正文不受影响。`}</p> : null}
        {photos.pending ? <Skeleton shape="wall" count={2} /> : none && <p className="muted">{t`这件好物还没有照片、试用或价格。先去试用里记一天，这里就有了。`}</p>}
        {shows("photo") && photos.data.length > 0 && (
          <div className={css.shots}>
            {photos.data.slice(0, shown === "photo" ? 500 : 4).map((photo) => {
              const words = photoWords(photo, trials.data);
              const source = sources()[photo.source];
              const marks = [...(words ? [{ text: words }] : []), ...(source ? [{ text: source, tone: photo.source === "brand" ? ("amber" as const) : undefined }] : [])];
              const focus = photo.focus_x !== null && photo.focus_y !== null ? { x: photo.focus_x, y: photo.focus_y } : undefined;
              const picture = <Picture src={photoUrl(photo.id, "thumb")} alt="" focus={focus} marks={marks} />;
              return (
                <Grip key={photo.id} label={t`放进照片：${words || t`照片`}`} onInsert={onInsert} className={used.has(`photo:${photo.id}`) ? css.inText : ""}
                  piece={{ key: `photo:${photo.id}`, insert: refer.photo(photo.id, words), ownLine: true, ghost: <span className={css.ghostShot}>{picture}</span> }}>{picture}</Grip>
              );
            })}
          </div>
        )}
        {shown === "all" && photos.data.length > 4 && <Button small kind="quiet" onClick={() => setShown("photo")}>{t`看全部 ${photos.data.length} 张`}</Button>}
        {shows("trial") && trials.data.map((trial) => <TrialLines key={trial.id} trial={trial} name={name(trial.product)} onInsert={onInsert} />)}
        {shows("price") && prices.data.length > 0 && <h3>{t`价格记录`}</h3>}
        {shows("price") && prices.data.slice(0, shown === "price" ? 200 : 4).map((price) => {
          const words = priceWords(price.kind);
          const line = <><b className="num">{formatMoney(price.amount, price.currency)}</b> {words}<small>{[price.place, formatWhen(ms(price.seen_at)), price.conditions].filter(Boolean).join(" · ")}</small></>;
          return <Grip key={price.id} label={t`放进价格：${formatMoney(price.amount, price.currency)}`} onInsert={onInsert} className={`${css.slip} ${used.has(`price:${price.id}`) ? css.inText : ""}`} piece={{ key: `price:${price.id}`, insert: refer.price(price.id, words), ghost: <span className={css.ghost}>{formatMoney(price.amount, price.currency)} {words}</span> }}>{line}</Grip>;
        })}
        {shows("price") && goods.map((product) => (
          <Grip key={product.id} label={t`放进购买链接：${product.name}`} onInsert={onInsert} className={`${css.slip} ${used.has(`link:${product.id}`) ? css.inText : ""}`}
            piece={{ key: `link:${product.id}`, insert: refer.link(product.id, t`购买`), ghost: <span className={css.ghost}>{t`购买`} {product.name}</span> }}>
            <b><Icon name="link" size={13} /> {t`购买链接`}</b> {product.name}<small>{t`发到哪个渠道，就换成那个渠道的链接`}</small>
          </Grip>
        ))}
        {shows("review") && reviews.data.length > 0 && <h3>{t`评价`}</h3>}
        {shows("review") && reviews.data.slice(0, shown === "review" ? 200 : 4).map((review) => <Quote key={review.id} review={review} onInsert={onInsert} used={used.has(`review:${review.id}`)} />)}
      </div>
      {adding?.kind === "price" && <AddPrice product={adding.product} open onClose={() => setAdding(undefined)} />}
      {adding?.kind === "review" && <PasteDialog product={adding.product.id} onClose={() => setAdding(undefined)} />}
    </section>
  );
});

function TrialLines({ trial, name, onInsert }: { trial: Trial; name?: string; onInsert: (piece: Piece) => void }) {
  const nth = (on: string) => daysBetween(ms(`${trial.started_on}T00:00`), ms(`${on}T00:00`)) + 1;
  const said = trial.days.filter((day) => day.text.trim());
  const piece = (key: string, text: string): Piece => ({ key, insert: text, ghost: <span className={css.ghost}>{text.slice(0, 40)}</span> });
  return (
    <>
      <h3>{name ? t`试用日志 · ${name}` : t`试用日志`}</h3>
      {said.map((day) => (
        <Grip key={day.on} label={t`放进试用第 ${nth(day.on)} 天`} onInsert={onInsert} className={css.log} piece={piece(`trial:${trial.id}:${day.on}`, t`第 ${nth(day.on)} 天，${day.text.trim()}`)}>
          <b>{t`第 ${nth(day.on)} 天`}</b> {day.text}
        </Grip>
      ))}
      {trial.shortcomings.length > 0 && <h3>{t`缺点，说出来更可信`}</h3>}
      {trial.shortcomings.map((text) => (
        <Grip key={text} label={t`放进缺点：${text}`} onInsert={onInsert} className={`${css.log} ${css.flaw}`} piece={piece(`flaw:${trial.id}:${text}`, t`缺点也要说：${text}。`)}>{text}</Grip>
      ))}
    </>
  );
}

function Quote({ review, onInsert, used }: { review: Review; onInsert: (piece: Piece) => void; used: boolean }) {
  const consent = review.consent || review.own;
  const body = <><span>{review.text}</span><small>{[review.own ? t`自己` : t`买家`, review.source].filter(Boolean).join(" · ")} {consent ? <i className="good"><Icon name="check" size={12} /> {t`已授权`}</i> : <i className="bad"><Icon name="lock" size={12} /> {t`未授权，不能引用`}</i>}</small></>;
  if (!consent) return <div className={`${css.slip} ${css.shut}`}>{body}</div>;
  return <Grip label={t`引用评价：${review.text.slice(0, 20)}`} onInsert={onInsert} className={`${css.slip} ${used ? css.inText : ""}`} piece={{ key: `review:${review.id}`, insert: refer.review(review.id), ghost: <span className={css.ghost}>{review.text.slice(0, 30)}</span> }}>{body}</Grip>;
}
