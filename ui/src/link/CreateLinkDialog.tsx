import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import { type Link, type LinkKind, toCoreError } from "../ipc";
import { Button, Chip, Icon, messageOf, Modal, say, SelectField, TextField, useKept } from "../kit";
import { useChannels, usePosts, useProducts, useRules } from "../post/api";
import { AddChannel } from "../publication/AddChannel";
import { kinds, permission, useCreateLink, useLinks } from "./api";
import css from "./link.module.css";
import { allowWords, kindMeaning, kindWords } from "./words";

/** A link for one post on one channel; says what the channel takes and why not the rest. Asked for where a link is missing, `channel` and `product` are chosen already. */
export function CreateLinkDialog({ open, post, channel: there, product: of, onClose, onDone }: { open: boolean; post?: number; channel?: number; product?: number; onClose: () => void; onDone: (link: Link) => void }) {
  const posts = usePosts();
  const channels = useChannels();
  const products = useProducts(open);
  const create = useCreateLink();
  const [which, setWhich] = useState<string | null>(null);
  const [where, setWhere] = useState<string | null>(null);
  const [what, setWhat] = useState<string | null>(null);
  const [kind, setKind] = useState<LinkKind>();
  const form = useKept(`link.add.${post ?? ""}`, { url: "", coupon: "" });
  const { url, coupon } = form.value;
  useEffect(() => {
    if (!open) return;
    setWhich(post ? String(post) : posts.data?.[0] ? String(posts.data[0].id) : null);
    setWhere(there !== undefined ? String(there) : channels.data?.length === 1 ? String(channels.data[0]?.id) : null);
    setKind(undefined); create.reset();
  }, [open, post, there]);

  const chosen = posts.data?.find((one) => String(one.id) === which);
  // Of the products of the post, the first that has no link there yet: it is the one that is asked for.
  const made = useLinks({ post: open && post !== undefined && there !== undefined ? post : -1, channel: there });
  const lacking = chosen?.products.find((id) => !made.data?.some((link) => link.product === id)) ?? chosen?.products[0];
  useEffect(() => { if (open) setWhat(of !== undefined ? String(of) : lacking !== undefined ? String(lacking) : null); }, [open, of, chosen?.id, lacking]);
  const channel = channels.data?.find((one) => String(one.id) === where);
  const rules = useRules(channel?.platform);
  const product = products.data?.find((one) => String(one.id) === what);
  const own = new Set(chosen?.products ?? []);
  const sorted = (products.data ?? []).toSorted((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)));
  const allowed = rules.data && kind ? permission(rules.data.links, kind) : undefined;
  const error = create.error && toCoreError(create.error);
  const save = (replace = false) => {
    if (!which || !where || !what || create.isPending) return;
    create.mutate({ post: Number(which), channel: Number(where), product: Number(what), url: url.trim() || null, coupon: kind === "coupon" || coupon.trim() ? coupon.trim() : null, kind: kind ?? null, replace }, {
      onSuccess: (link) => { form.done(); for (const note of link.notes) say.done(note); onDone(link); onClose(); },
    });
  };
  // What was printed or sent leads where it led: only the person may turn the link elsewhere.
  const leadsElsewhere = error?.code === "conflict" && error.field === "url";
  return (
    <Modal open={open} onClose={onClose} kept={form.filled} title={t`做一条链接`} size={600}
      actions={<Button kind="go" icon="link" busy={create.isPending} disabled={!which || !where || !what || allowed === "no"} onClick={() => save()} data-testid="link-save">{t`做好它`}</Button>}>
      <div className="pile">
        <SelectField label={t`哪一篇`} value={which} onChange={setWhich} search options={(posts.data ?? []).map((one) => ({ value: String(one.id), label: one.title || t`还没有标题` }))} />
        <div className={css.pair}>
        {channels.data && !channels.data.length
          ? <AddChannel onDone={(added) => setWhere(String(added.id))} />
          : <SelectField label={t`放在哪里`} value={where} onChange={(to) => { setWhere(to); setKind(undefined); }} options={(channels.data ?? []).map((one) => ({ value: String(one.id), label: one.name }))} />}
        <SelectField label={t`哪件好物`} value={what} onChange={setWhat} search options={sorted.map((one) => ({ value: String(one.id), label: one.name }))} note={chosen && product && !own.has(product.id) ? t`这件不在这一篇里，也可以做。` : undefined} />
        </div>
        {rules.data && (
          <fieldset className={css.ways}>
            <legend>{t`${rules.data.name}收什么`}</legend>
            {kinds.map((one) => {
              const may = permission(rules.data.links, one);
              return (
                <label key={one} data-no={may === "no" || undefined} data-on={kind === one || undefined}>
                  <input type="radio" name="kind" disabled={may === "no"} checked={kind === one} onChange={() => setKind(one)} />
                  <b>{kindWords(one)}</b><small>{kindMeaning(one)}</small>
                  <Chip tone={may === "yes" ? "sprout" : may === "no" ? "persimmon" : "amber"}>{allowWords(may)}</Chip>
                </label>
              );
            })}
            <p className="muted"><Icon name="info" size={14} /> {rules.data.links.note} <Source text={t`${rules.data.links.source}（${rules.data.links.checked_on} 核对）`} />{kind ? "" : ` ${t`不选就用这个渠道最好的一种。`}`}</p>
            {allowed === "unverified" && <p className="muted">{t`这种没查到条文。自己核实过，先去设置里这个渠道的规则中打开。`}</p>}
          </fieldset>
        )}
        {kind !== "note" && kind !== "coupon" && <TextField label={t`通到哪里`} type="url" value={url} onChange={(next) => form.set((was) => ({ ...was, url: next }))} placeholder={product?.url || "https://"} note={t`空着就用好物里的购买链接。`} error={error?.field === "url" ? error.message : undefined} />}
        {leadsElsewhere && (kind === "note" || kind === "coupon") && <p className="bad" role="alert">{messageOf(error)}</p>}
        {leadsElsewhere && <Button kind="quiet" busy={create.isPending} onClick={() => save(true)} data-testid="link-replace">{t`确实要换，改掉这条链接`}</Button>}
        {kind !== "note" && <TextField label={t`优惠码`} value={coupon} onChange={(next) => form.set((was) => ({ ...was, coupon: next }))} onEnter={() => save()} note={kind === "coupon" ? t`店里已有的码；空着就用编号做一个，记得去店铺后台建同样的码。` : t`没有就空着。`} error={error?.field === "coupon" ? error.message : undefined} />}
        {error && error.field !== "url" && error.field !== "coupon" && <p className="bad" role="alert">{messageOf(error)}</p>}
      </div>
    </Modal>
  );
}

/** Where a rule is from, behind one word. */
function Source({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  return <><button type="button" className={css.source} aria-expanded={open} onClick={() => setOpen(!open)}>{t`出处`}</button>{open && <small> {text}</small>}</>;
}
