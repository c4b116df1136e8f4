import { t } from "@lingui/core/macro";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { OrderFilter, Status } from "../ipc";
import { Button, DateField, SelectField, TextField } from "../kit";
import { useChannels, usePosts, useProducts } from "./api";
import { statuses, statusWords } from "./words";
import css from "./order.module.css";

/** What to show: each choice goes into the address at once, typed words 250 ms after the last key. The shop is chosen on its card. */
export function Filters({ filter, onChange }: { filter: OrderFilter; onChange: (filter: OrderFilter) => void }) {
  const [text, setText] = useState(filter.text ?? "");
  const posts = usePosts();
  const channels = useChannels();
  const products = useProducts();
  const set = (patch: OrderFilter) => onChange({ ...filter, ...patch });
  const search = useDebouncedCallback((words: string) => set({ text: words.trim() || undefined }), 250);
  useEffect(() => setText(filter.text ?? ""), [filter.text]);
  const one = (value: number | null | undefined) => (value ? String(value) : null);
  const id = (value: string | null) => (value ? Number(value) : undefined);
  return (
    <div className={css.filters} role="search" aria-label={t`筛选订单`}>
      <TextField bare label={t`单号或 SKU`} placeholder={t`单号或 SKU`} type="search" value={text} onChange={(words) => { setText(words); search(words); }} />
      <SelectField<Status> bare clear label={t`状态`} placeholder={t`状态`} value={filter.status ?? null} onChange={(status) => set({ status: status ?? undefined })} options={statuses.map((value) => ({ value, label: statusWords(value).text }))} />
      <SelectField bare clear search label={t`哪篇带来的`} placeholder={t`哪篇带来的`} value={one(filter.post)} onChange={(post) => set({ post: id(post) })} options={(posts.data ?? []).map((post) => ({ value: String(post.id), label: post.title || post.excerpt || post.code }))} />
      <SelectField bare clear search label={t`渠道`} placeholder={t`渠道`} value={one(filter.channel)} onChange={(channel) => set({ channel: id(channel) })} options={(channels.data ?? []).map((channel) => ({ value: String(channel.id), label: channel.name }))} />
      <SelectField bare clear search label={t`好物`} placeholder={t`好物`} value={one(filter.product)} onChange={(product) => set({ product: id(product) })} options={(products.data ?? []).map((product) => ({ value: String(product.id), label: product.name }))} />
      <span className={css.period}>
        <DateField bare label={t`从哪天`} value={filter.from ?? null} max={filter.to ?? undefined} onChange={(from) => set({ from: from ?? undefined })} />
        <i aria-hidden="true">–</i>
        <DateField bare label={t`到哪天`} value={filter.to ?? null} min={filter.from ?? undefined} onChange={(to) => set({ to: to ?? undefined })} />
      </span>
      {Object.keys(filter).length > 0 && <Button kind="quiet" small icon="close" onClick={() => onChange({})}>{t`清掉`}</Button>}
    </div>
  );
}
