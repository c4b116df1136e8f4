import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { commands, type ProductSummary, type Stage, toCoreError, unwrap } from "../ipc";
import { Button, type MenuEntry, Modal, say } from "../kit";
import { StartTrial } from "../trial/StartTrial";
import { useCreatePost, useEditProduct, useRemoveProduct } from "./api";
import { stages, stageWord } from "./words";

/** What can be done with a product from its card or row: the same as on its page. `parts` are the dialogs it opens. */
export function useProductMenu(): { menu: (product: ProductSummary) => [string, MenuEntry[]]; parts: ReactNode } {
  const go = useNavigate();
  const [trying, setTrying] = useState<number>();
  const [removing, setRemoving] = useState<ProductSummary>();
  const create = useCreatePost();
  const edit = useEditProduct();
  const open = (id: number) => void go({ to: "/product/$id", params: { id: String(id) } });
  const write = (id: number) => create.mutate(id, { onSuccess: (post) => void go({ to: "/post/$id", params: { id: String(post.id) } }), onError: (error) => say.failed(error) });
  const move = (product: ProductSummary, stage: Stage) => edit.mutate({ id: product.id, patch: { stage } }, {
    onSuccess: () => say.done(t`「${product.name}」改成了${stageWord(stage)}`, () => edit.mutateAsync({ id: product.id, patch: { stage: product.stage } })),
    onError: (error) => say.failed(error),
  });
  return {
    menu: (product) => [product.name, [
      { label: t`打开`, icon: "open", onClick: () => open(product.id) },
      { label: t`开始试用`, icon: "trial", onClick: () => setTrying(product.id) },
      { label: t`写成内容`, icon: "edit", onClick: () => write(product.id) },
      "rule",
      ...stages.filter((stage) => stage !== product.stage).map((stage): MenuEntry => ({ label: t`改成${stageWord(stage)}`, onClick: () => move(product, stage) })),
      "rule",
      { label: t`删掉这件好物`, icon: "trash", danger: true, onClick: () => setRemoving(product) },
    ]],
    parts: <>
      <StartTrial open={trying !== undefined} onClose={() => setTrying(undefined)} product={trying} />
      {removing && <RemoveProduct product={removing} onClose={() => setRemoving(undefined)} />}
    </>,
  };
}

/** Asks before a product goes. What still uses it is said in the same place, with the way that is left. */
export function RemoveProduct({ product, onClose, onGone }: { product: { id: number; name: string }; onClose: () => void; onGone?: () => void }) {
  const remove = useRemoveProduct();
  const edit = useEditProduct();
  const [held, setHeld] = useState<string>();
  const go = async () => {
    try {
      const gone = await remove.mutateAsync(product.id);
      onClose();
      onGone?.();
      say.done(gone.reviews > 0 ? t`删掉了「${product.name}」，连同回收站里它的 ${gone.reviews} 条评价（这些撤销也回不来）` : t`删掉了「${product.name}」`, () => unwrap(commands.restoreProduct(gone)));
    } catch (error) {
      const { code, message } = toCoreError(error);
      if (code !== "conflict") return say.failed(error);
      setHeld(message);
    }
  };
  const retire = () => edit.mutate({ id: product.id, patch: { stage: "retired" } }, { onSuccess: () => { onClose(); say.done(t`「${product.name}」改成了${stageWord("retired")}`); }, onError: (error) => say.failed(error) });
  return (
    <Modal open onClose={onClose} title={t`删掉「${product.name}」？`} size={440}
      actions={<><Button onClick={onClose}>{t`先不`}</Button>{held
        ? <Button kind="go" busy={edit.isPending} onClick={retire}>{t`改成「${stageWord("retired")}」`}</Button>
        : <Button kind="danger" busy={remove.isPending} data-autofocus onClick={() => void go()}>{t`删掉`}</Button>}</>}>
      {held ? <p role="alert">{held}</p> : t`照片留在素材里。有试用、评价、内容、链接、订单或价格记录还用着它时，草本会拦下来，不会删；那时改成「下架」更合适。`}
    </Modal>
  );
}
