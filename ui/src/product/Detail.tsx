import { t } from "@lingui/core/macro";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { photoUrl, type Product, toCoreError } from "../ipc";
import { Button, Card, contextMenu, EmptyState, IconButton, Loaded, Menu, Page, Picture, say, SelectField, useKeys } from "../kit";
import { useImporter } from "../photo/Importer";
import { usePaste } from "../photo/paste";
import { OwnCount } from "../photo/Provenance";
import { Reviews } from "../review/Section";
import { StartTrial } from "../trial/StartTrial";
import { useCreatePost, useEdits, useProduct, useProductPhotos } from "./api";
import { Facts, Sentences, Skus } from "./Facts";
import { RemoveProduct } from "./menu";
import { Prices } from "./Prices";
import css from "./product.module.css";
import { Orders, Posts, Trials } from "./Related";
import { stages, stageWord } from "./words";

/** One product with everything that is known of it. */
export default function ProductDetail() {
  const id = Number(useParams({ strict: false }).id);
  const go = useNavigate();
  const back = () => void go({ to: "/product" });
  const product = useProduct(id);
  if (product.error && toCoreError(product.error).code === "not_found") {
    return <Page title={t`好物`} onBack={back}><EmptyState drawing="knot" title={t`找不到这一页`} actions={<Button onClick={back}>{t`回到列表`}</Button>}>{t`它可能已经删掉了。`}</EmptyState></Page>;
  }
  if (!product.data) return <Page title={t`好物`} onBack={back}><Loaded query={product} shape="page">{() => null}</Loaded></Page>;
  return <Opened key={id} product={product.data} onBack={back} />;
}

function Opened({ product, onBack }: { product: Product; onBack: () => void }) {
  const go = useNavigate();
  const { save, undo, undoable } = useEdits(product);
  const [starting, setStarting] = useState(false);
  const [removing, setRemoving] = useState(false);
  const create = useCreatePost();
  const about = useMemo(() => ({ product: product.id, source: "own" as const }), [product.id]);
  const importer = useImporter({ with: about, where: t`会归到「${product.name}」，原文件不动` });
  const pasted = useMemo(() => ({ product: product.id, source: "screenshot" as const }), [product.id]);
  usePaste(pasted, () => say.done(t`剪贴板里的图归到了「${product.name}」`), say.failed);
  useKeys("mod+Z", () => void undo(), undoable);

  const write = async () => {
    try {
      const post = await create.mutateAsync(product.id);
      void go({ to: "/post/$id", params: { id: String(post.id) } });
    } catch (error) {
      say.failed(error);
    }
  };
  const keep = (patch: Parameters<typeof save>[0]) => void save(patch).catch(say.failed);
  return (
    <Page title={product.name} onBack={onBack} sub={[product.brand, product.category, stageWord(product.stage)].filter(Boolean).join(" · ")}
      stake={undoable && <Button small kind="quiet" icon="undo" onClick={() => void undo()}>{t`撤销上一处修改`}</Button>}
      actions={<>
        <Button icon="trial" onClick={() => setStarting(true)}>{t`开始试用`}</Button>
        <Button kind="go" icon="edit" busy={create.isPending} onClick={() => void write()}>{t`写成内容`}</Button>
        <Menu label={t`更多`} entries={[{ label: t`删掉这件好物`, icon: "trash", danger: true, onClick: () => setRemoving(true) }]}><IconButton label={t`更多`} icon="more" /></Menu>
      </>}>
      <div className={css.columns}>
        <div className="pile">
          <Cover product={product} onPick={(cover) => keep({ cover })} busy={importer.busy} onAdd={importer.fromFiles} />
          <Card><SelectField label={t`走到哪一步`} value={product.stage} onChange={(stage) => stage && keep({ stage })} options={stages.map((value) => ({ value, label: stageWord(value) }))} /></Card>
          <Trials product={product.id} onStart={() => setStarting(true)} />
        </div>
        <div className="pile">
          <Facts product={product} save={save} />
          <div className={css.sides}>
            <Sentences title={t`缺点`} note={t`先说在前面`} tone="var(--persimmon)" lines={product.shortcomings} onChange={(shortcomings) => save({ shortcomings })} placeholder={t`叠粉底会搓泥`} testId="product-shortcoming" />
            <Sentences title={t`卖点`} tone="var(--sprout)" lines={product.selling_points} onChange={(selling_points) => save({ selling_points })} placeholder={t`用得出来的，不是广告词`} testId="product-point" />
          </div>
          <Reviews product={product.id} />
        </div>
        <div className="pile">
          <Prices product={product} />
          <Posts product={product.id} onWrite={() => void write()} />
          <Orders product={product.id} />
          <Skus product={product} save={save} />
        </div>
      </div>
      {importer.parts}
      <StartTrial open={starting} onClose={() => setStarting(false)} product={product.id} />
      {removing && <RemoveProduct product={product} onClose={() => setRemoving(false)} onGone={onBack} />}
    </Page>
  );
}

function Cover({ product, onPick, busy, onAdd }: { product: Product; onPick: (photo: number) => void; busy: boolean; onAdd: () => void }) {
  const go = useNavigate();
  const photos = useProductPhotos(product.id).data ?? [];
  const cover = photos.find((photo) => photo.id === product.cover);
  return (
    <Card>
      <Picture src={product.cover === null ? null : photoUrl(product.cover, "preview")} alt={product.cover === null ? t`还没有照片` : product.name} focus={cover && { x: cover.focus_x ?? 0.5, y: cover.focus_y ?? 0.5 }} />
      {photos.length > 1 && (
        <div className={css.strip} role="group" aria-label={t`换一张封面`}>
          {photos.slice(0, 12).map((photo) => (
            <Picture key={photo.id} src={photoUrl(photo.id, "thumb")} alt={photo.caption || t`用这张做封面`} focus={{ x: photo.focus_x ?? 0.5, y: photo.focus_y ?? 0.5 }} picked={photo.id === product.cover} style={{ borderRadius: 7 }} onClick={() => onPick(photo.id)} menu={contextMenu(photo.caption || t`照片 ${photo.id}`, () => [
              { label: t`用这张做封面`, icon: "photo", onClick: () => onPick(photo.id), disabled: photo.id === product.cover },
              { label: t`在素材里看`, icon: "eye", onClick: () => void go({ to: "/photo", search: { show: photo.id } as never }) },
            ])} />
          ))}
        </div>
      )}
      {photos.length > 0 && <div className="muted" style={{ marginTop: 10 }}><OwnCount scope={{ product: product.id }} /></div>}
      <div style={{ marginTop: 10, display: "grid" }}><Button small icon="import" busy={busy} onClick={onAdd} data-testid="product-photo-import">{photos.length ? t`再加照片` : t`加照片，拖进来也行`}</Button></div>
    </Card>
  );
}
