import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { ProductSummary, Stage } from "../ipc";
import { Confirm, type MenuEntry, say } from "../kit";
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
  const remove = useRemoveProduct();
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
      <Confirm open={removing !== undefined} onClose={() => setRemoving(undefined)} title={t`删掉「${removing?.name ?? ""}」？`} yes={t`删掉`} onYes={() => removing && remove.mutateAsync(removing.id)}>
        {t`它的价格记录和评价会一起删掉，拿不回来。有试用、照片或内容还用着它时，草本会拦下来；那时改成「下架」更合适。`}
      </Confirm>
    </>,
  };
}
