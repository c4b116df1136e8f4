import { t } from "@lingui/core/macro";
import { useState } from "react";
import { Button, Modal, MoneyField, TagsField, TextArea, TextField, useKept, useRefusal } from "../kit";
import { useCreateProduct, useProducts } from "./api";
import css from "./product.module.css";

const blank = { name: "", brand: "", category: "", price: null as number | null, url: "", fits: "", unfits: "", selling_points: [] as string[] };

/** Adds a product with as little as its name; the rest can wait for its page. */
export function AddProduct({ open, onClose, onAdded }: { open: boolean; onClose: () => void; onAdded: (id: number) => void }) {
  const form = useKept("product.add", blank);
  const input = form.value;
  const [more, setMore] = useState(false);
  const refused = useRefusal(["name", "price", "url"]);
  const create = useCreateProduct();
  const categories = [...new Set(useProducts().data?.map((product) => product.category).filter(Boolean))];
  const set = (change: Partial<typeof blank>) => { form.set((was) => ({ ...was, ...change })); refused.clear(); };

  const add = async () => {
    if (!input.name.trim()) return refused.by({ field: "name", message: t`先写个名字，别的都可以以后补。` });
    try {
      const product = await create.mutateAsync({ ...input, name: input.name.trim(), url: input.url.trim() });
      form.done();
      onClose();
      onAdded(product.id);
    } catch (error) {
      refused.by(error);
    }
  };
  return (
    <Modal open={open} onClose={onClose} kept={form.filled} title={t`放进一件好物`} size={560}
      actions={<><Button onClick={onClose}>{t`先不`}</Button><Button kind="go" busy={create.isPending} onClick={() => void add()} data-testid="product-save">{t`放进好物`}</Button></>}>
      <div className={css.two}>
        <div className={css.wide}>
          <TextField label={t`名字`} value={input.name} onChange={(name) => set({ name })} onEnter={() => void add()} error={refused.at("name")} autoFocus required placeholder={t`比如：云感防晒乳 50 ml`} data-testid="product-name" />
        </div>
        <TextField label={t`品牌`} value={input.brand} onChange={(brand) => set({ brand })} onEnter={() => void add()} data-testid="product-brand" />
        <TextField label={t`品类`} value={input.category} onChange={(category) => set({ category })} onEnter={() => void add()} placeholder={categories.slice(0, 3).join("、") || t`用你自己的叫法`} data-testid="product-category" />
        <MoneyField label={t`平时多少钱`} value={input.price} onChange={(price) => set({ price })} error={refused.at("price")} />
        <TextField label={t`在哪儿卖`} type="url" value={input.url} onChange={(url) => set({ url })} onEnter={() => void add()} error={refused.at("url")} placeholder="https://" />
        {more && (
          <>
            <TextArea label={t`适合谁`} value={input.fits} onChange={(fits) => set({ fits })} />
            <TextArea label={t`不适合谁`} value={input.unfits} onChange={(unfits) => set({ unfits })} />
            <div className={css.wide}><TagsField label={t`卖点`} note={t`一个一个写，回车或顿号分开`} value={input.selling_points} onChange={(selling_points) => set({ selling_points })} /></div>
          </>
        )}
      </div>
      {!more && <div style={{ marginTop: 10 }}><Button small kind="quiet" icon="plus" onClick={() => setMore(true)}>{t`现在就多写点`}</Button></div>}
    </Modal>
  );
}
