import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { type ImportedRows, photoUrl, pickFile, type ProductSummary, type Stage, tables } from "../ipc";
import { Button, Card, Chip, contextMenu, EmptyState, FilterChip, formatNum, Lead, Loaded, Money, Page, Picture, say, Segmented, Table, TextField, Tiles, useAsked } from "../kit";
import { AddProduct } from "./AddProduct";
import { useImportProducts, useProducts } from "./api";
import { ImportResult } from "./ImportResult";
import { useProductMenu } from "./menu";
import css from "./product.module.css";
import { stages, stageTone, stageWord } from "./words";

const about = (product: ProductSummary) => [product.brand, product.category].filter(Boolean).join(" · ");
const cover = (product: ProductSummary) => (product.cover === null ? null : photoUrl(product.cover, "thumb"));
type View = "cards" | "table";
const savedView = (): View => (localStorage.getItem("product.view") === "table" ? "table" : "cards");

/** 好物: everything there is to try and recommend, as a shelf of covers or as a table. */
export default function ProductPage() {
  const go = useNavigate();
  const products = useProducts();
  const [adding, setAdding] = useState(false);
  useAsked("add", () => setAdding(true));
  const [words, setWords] = useState("");
  const [stage, setStage] = useState<Stage>();
  const [view, setView] = useState(savedView);
  const [result, setResult] = useState<ImportedRows>();
  const bring = useImportProducts();
  const open = (id: number) => void go({ to: "/product/$id", params: { id: String(id) } });
  const { menu, parts } = useProductMenu();

  const importTable = async () => {
    try {
      const file = await pickFile(t`选一个好物表格`, tables);
      if (file) setResult(await bring.mutateAsync(file));
    } catch (error) {
      say.failed(error);
    }
  };
  const all = products.data ?? [];
  const shown = useMemo(() => {
    const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
    return all.filter((product) => (!stage || product.stage === stage) && parts.every((part) => `${product.name} ${product.brand} ${product.category}`.toLowerCase().includes(part)));
  }, [all, words, stage]);
  const trying = all.filter((product) => product.stage === "trial").length;

  const importButton = <Button icon="import" busy={bring.isPending} onClick={() => void importTable()} data-testid="product-import">{t`导入表格`}</Button>;
  const addButton = <Button kind="go" icon="plus" onClick={() => setAdding(true)} data-testid="product-add">{t`加好物`}</Button>;
  const bar = all.length > 0 && (
    <>
      <FilterChip on={!stage} onChange={() => setStage(undefined)}>{t`全部`} {formatNum(all.length)}</FilterChip>
      {stages.map((one) => {
        const count = all.filter((product) => product.stage === one).length;
        return (count > 0 || stage === one) && <FilterChip key={one} on={stage === one} onChange={(on) => setStage(on ? one : undefined)}>{stageWord(one)} {formatNum(count)}</FilterChip>;
      })}
      <div className={css.search}><TextField label={t`在好物里找`} bare type="search" value={words} onChange={setWords} placeholder={t`名字、品牌、品类`} /></div>
      <Segmented label={t`看法`} value={view} onChange={(next) => { setView(next); localStorage.setItem("product.view", next); }} options={[{ value: "cards", label: t`卡片` }, { value: "table", label: t`表格` }]} />
    </>
  );
  return (
    <Page title={t`好物`} still sub={products.data && (trying ? t`${formatNum(all.length)} 件 · ${trying} 件正在试` : t`${formatNum(all.length)} 件`)} bar={bar || undefined} actions={<>{all.length > 0 && <Button kind="quiet" icon="list" onClick={() => void go({ to: "/review" })} data-testid="review-all">{t`评价`}</Button>}{all.length > 0 && importButton}{addButton}</>}>
      <Loaded query={products} shape="cards" empty={
        <EmptyState drawing="shelf" title={t`先放进一个想试的东西`} actions={<><Button kind="go" icon="plus" onClick={() => setAdding(true)}>{t`放进第一件`}</Button>{importButton}</>}>{t`名字就够了；价格、规格、谁适合，可以慢慢补。`}</EmptyState>}>
        {() => shown.length === 0
          ? <EmptyState drawing="leaf" title={t`没有这样的好物`} actions={<Button onClick={() => { setWords(""); setStage(undefined); }}>{t`看全部`}</Button>}>{t`换个词，或者放宽一点。`}</EmptyState>
          : view === "cards" ? <Shelf products={shown} onOpen={open} menu={menu} /> : <Rows products={shown} onOpen={open} menu={menu} />}
      </Loaded>
      {parts}
      <AddProduct open={adding} onClose={() => setAdding(false)} onAdded={open} />
      <ImportResult result={result} onClose={() => setResult(undefined)} />
    </Page>
  );
}

function counts(product: ProductSummary): string {
  const parts = [product.trials && t`${product.trials} 次试用`, product.posts && t`${product.posts} 篇`, product.orders && t`${formatNum(product.orders)} 单`, product.photos && t`${formatNum(product.photos)} 张`].filter(Boolean);
  return parts.slice(0, 3).join(" · ");
}

type Shown = { products: ProductSummary[]; onOpen: (id: number) => void; menu: ReturnType<typeof useProductMenu>["menu"] };

function Shelf({ products, onOpen, menu }: Shown) {
  return (
    <Tiles label={t`好物`} count={products.length} keyOf={(nth) => products[nth]?.id ?? nth} min={176} below={84} gap={18}>
      {(nth) => {
        const product = products[nth];
        return product && (
          <button type="button" className={css.card} onClick={() => onOpen(product.id)} {...contextMenu(product.name, () => menu(product)[1])}>
            <span className={css.cover}>
              <Picture src={cover(product)} alt="" />
              <span className={css.stage}><Chip tone={stageTone[product.stage]}>{stageWord(product.stage)}</Chip></span>
            </span>
            <span className={css.name}>{product.name}</span>
            <span className={css.about}>{about(product)}</span>
            <span className={css.foot}>{product.price === null ? <span className="muted">{t`没记价`}</span> : <Money minor={product.price} currency={product.currency} />}<small>{counts(product)}</small></span>
          </button>
        );
      }}
    </Tiles>
  );
}

function Rows({ products, onOpen, menu }: Shown) {
  return (
    <Card style={{ flex: 1, minHeight: 0, display: "flex" }}>
      <Table label={t`好物`} rows={products} rowKey={(product) => product.id} onOpen={(product) => onOpen(product.id)} menu={menu} columns={[
        { key: "name", title: t`好物`, width: "minmax(0, 2fr)", sort: (one) => one.name, cell: (one) => <Lead picture={<Picture src={cover(one)} alt="" />} title={one.name} note={about(one)} /> },
        { key: "stage", title: t`阶段`, width: "96px", sort: (one) => stages.indexOf(one.stage), cell: (one) => <Chip tone={stageTone[one.stage]}>{stageWord(one.stage)}</Chip> },
        { key: "price", title: t`平时价`, width: "96px", right: true, sort: (one) => one.price ?? -1, cell: (one) => (one.price === null ? "" : <Money minor={one.price} currency={one.currency} />) },
        { key: "trials", title: t`试用`, width: "64px", right: true, sort: (one) => one.trials, cell: (one) => one.trials || "" },
        { key: "photos", title: t`照片`, width: "64px", right: true, sort: (one) => one.photos, cell: (one) => (one.photos ? formatNum(one.photos) : "") },
        { key: "posts", title: t`内容`, width: "64px", right: true, sort: (one) => one.posts, cell: (one) => one.posts || "" },
        { key: "orders", title: t`订单`, width: "72px", right: true, sort: (one) => one.orders, cell: (one) => (one.orders ? formatNum(one.orders) : "") },
        { key: "flaws", title: t`缺点`, width: "64px", right: true, sort: (one) => one.shortcomings.length, cell: (one) => (one.shortcomings.length || <small>{t`没写`}</small>) },
      ]} />
    </Card>
  );
}
