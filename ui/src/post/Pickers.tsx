import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import { photoUrl, type ProductSummary } from "../ipc";
import { Button, EmptyState, FilterChip, Icon, Loaded, Modal, Picture, TextField } from "../kit";
import { AddProduct } from "../product/AddProduct";
import { usePhotos, useProducts } from "./api";
import css from "./post.module.css";

const matches = (product: ProductSummary, words: string) => words.toLowerCase().split(/\s+/).every((word) => `${product.name} ${product.brand} ${product.category}`.toLowerCase().includes(word));

/** Which products a post is about, in order; told when the dialog is closed with its button. */
export function ProductPicker({ open, onClose, chosen, yes, onYes }: { open: boolean; onClose: () => void; chosen: number[]; yes: string; onYes: (products: number[]) => void }) {
  const [words, setWords] = useState("");
  const [ids, setIds] = useState(chosen);
  const [adding, setAdding] = useState(false);
  useEffect(() => { if (open) { setIds(chosen); setWords(""); } }, [open]);
  const products = useProducts(open);
  return (
    <Modal open={open} onClose={onClose} title={t`选好物`} size={620}
      actions={<Button kind="go" onClick={() => { onYes(ids); onClose(); }} data-testid="product-picked">{yes}</Button>}>
      <TextField label={t`找好物`} value={words} onChange={setWords} autoFocus placeholder={t`名字、品牌或品类`} />
      <div style={{ marginTop: 8 }}><Button small kind="quiet" icon="plus" onClick={() => setAdding(true)} data-testid="picker-product-add">{t`放进一件新的`}</Button></div>
      <AddProduct open={adding} onClose={() => setAdding(false)} onAdded={(id) => setIds((was) => [...was, id])} />
      <Loaded query={products} shape="rows" empty={<EmptyState drawing="shelf" title={t`还没有好物`}>{t`放进一件想试的东西，名字就够了。`}</EmptyState>}>
        {(all) => (
          <ul className={css.pickList} aria-label={t`好物`}>
            {all.filter((one) => matches(one, words)).slice(0, 200).map((product) => {
              const nth = ids.indexOf(product.id);
              return (
                <li key={product.id}>
                  <button type="button" aria-pressed={nth >= 0} onClick={() => setIds(nth >= 0 ? ids.filter((id) => id !== product.id) : [...ids, product.id])}>
                    <Picture src={product.cover === null ? null : photoUrl(product.cover, "thumb")} alt="" width={36} style={{ borderRadius: 7, flex: "none" }} />
                    <span><b>{product.name}</b><small>{[product.brand, product.category].filter(Boolean).join(" · ")}</small></span>
                    {nth >= 0 && <Icon name="check" size={17} />}
                  </button>
                </li>
              );
            })}
          </ul>
        )}
      </Loaded>
    </Modal>
  );
}

/** Which photos go out with the post: those of its products first, the whole library when asked for. New ones join at the end. */
export function PhotoPicker({ open, onClose, chosen, products, onChange }: { open: boolean; onClose: () => void; chosen: number[]; products: number[]; onChange: (photos: number[]) => void }) {
  const [whole, setWhole] = useState(false);
  const [unused, setUnused] = useState(false);
  const [limit, setLimit] = useState(120);
  const only = !whole && products.length === 1 ? products[0] : undefined;
  const photos = usePhotos({ product: only, unused: unused || undefined, limit }, open);
  const ours = (product: number | null) => whole || !products.length || (product !== null && products.includes(product));
  return (
    <Modal open={open} onClose={onClose} title={t`选照片`} size={820} actions={<><span className="muted" style={{ marginRight: "auto" }}>{t`已选 ${chosen.length} 张，第一张是封面`}</span><Button kind="go" onClick={onClose} data-testid="photos-picked">{t`选好了`}</Button></>}>
      <div className="row" style={{ marginBottom: 12 }}>
        {products.length > 0 && <FilterChip on={!whole} onChange={(on) => setWhole(!on)}>{t`只看这篇的好物`}</FilterChip>}
        <FilterChip on={unused} onChange={setUnused}>{t`没用过的`}</FilterChip>
      </div>
      <Loaded query={photos} shape="wall" empty={<EmptyState drawing="photos" title={t`还没有照片`}>{t`把照片拖进素材，或在试用里记一天时带上，这里就能选。`}</EmptyState>}>
        {(all) => (
          <div className={css.pickWall}>
            {all.filter((photo) => ours(photo.product)).map((photo) => {
              const nth = chosen.indexOf(photo.id);
              return <Picture key={photo.id} src={photoUrl(photo.id, "thumb")} alt={photo.caption || t`照片`} picked={nth >= 0} marks={nth >= 0 ? [{ text: nth === 0 ? t`封面` : `${nth + 1}` }] : undefined}
                onClick={() => onChange(nth >= 0 ? chosen.filter((id) => id !== photo.id) : [...chosen, photo.id])} />;
            })}
            {all.length >= limit && <Button onClick={() => setLimit((was) => was + 240)}>{t`再看一些`}</Button>}
          </div>
        )}
      </Loaded>
    </Modal>
  );
}
