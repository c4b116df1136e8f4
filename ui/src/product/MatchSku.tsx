import { t } from "@lingui/core/macro";
import { useState } from "react";
import { commands, unwrap } from "../ipc";
import { Button, Modal, say, SelectField } from "../kit";
import { AddProduct } from "./AddProduct";
import { useEditProduct, useProducts } from "./api";

/** Says which product a shop's number means, from where one saw that it was not known. Orders with that number follow. */
export function MatchSku({ shop, sku, title }: { shop: string; sku: string; title: string }) {
  const [open, setOpen] = useState(false);
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const products = useProducts();
  const edit = useEditProduct();
  const match = async () => {
    try {
      const product = await unwrap(commands.getProduct(Number(chosen)));
      const put = (skus: typeof product.skus) => edit.mutateAsync({ id: product.id, patch: { skus } });
      await put([...product.skus, { shop, sku }]);
      setOpen(false);
      say.done(t`对上了：${shop} 的 ${sku} 就是「${product.name}」`, () => put(product.skus));
    } catch (error) { say.failed(error); }
  };
  return (
    <>
      <Button small kind="quiet" icon="link" onClick={() => { setChosen(null); setOpen(true); }} data-testid="order-match">{t`对上一件好物`}</Button>
      <Modal open={open} onClose={() => setOpen(false)} title={t`这个编号是哪件好物`} size={460} actions={<><Button onClick={() => setOpen(false)}>{t`先不`}</Button><Button kind="go" busy={edit.isPending} disabled={!chosen} onClick={() => void match()}>{t`就是它`}</Button></>}>
        <div className="pile">
          <p className="muted">{t`${shop} 里的「${title}」，编号 ${sku}。对上以后，这个编号的订单都算这件好物的，包括以前的。`}</p>
          <SelectField label={t`好物`} search value={chosen} onChange={setChosen} placeholder={t`打名字找`} options={(products.data ?? []).map((one) => ({ value: String(one.id), label: one.brand ? `${one.name} · ${one.brand}` : one.name }))} />
          <div><Button small kind="quiet" icon="plus" onClick={() => setAdding(true)}>{t`放进一件新的`}</Button></div>
        </div>
        <AddProduct open={adding} onClose={() => setAdding(false)} onAdded={(id) => setChosen(String(id))} />
      </Modal>
    </>
  );
}
