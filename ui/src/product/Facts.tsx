import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { Product, Sku } from "../ipc";
import { Button, Card, IconButton, MoneyField, say, TextArea, TextField, useDraft } from "../kit";
import type { Save } from "./api";
import css from "./product.module.css";

type Words = "name" | "brand" | "category" | "url" | "supplier" | "note" | "fits" | "unfits";
type Part = { product: Product; save: Save };

/** One field of a product that keeps itself. */
function Field({ product, save, name, label, long, type, placeholder }: Part & { name: Words; label: string; long?: boolean; type?: "url"; placeholder?: string }) {
  const draft = useDraft(product[name], (value) => save({ [name]: value }));
  // A product without a name cannot be kept: the field goes back to the name it had when it is left.
  const change = (value: string) => (name === "name" && !value.trim() ? draft.hold(value) : draft.set(value));
  return long
    ? <TextArea label={label} value={draft.value} onChange={change} onBlur={() => void draft.flush()} placeholder={placeholder} rows={2} />
    : <TextField label={label} value={draft.value} onChange={change} onBlur={() => void draft.flush()} type={type} placeholder={placeholder} onEnter={() => void draft.flush()} />;
}

function Price({ product, save }: Part) {
  const draft = useDraft(product.price, (price) => save({ price }));
  return <MoneyField label={t`平时价`} currency={product.currency} value={draft.value} onChange={draft.set} onBlur={() => void draft.flush()} />;
}

/** What the product is, every field edited in its place. */
export function Facts(part: Part) {
  return (
    <Card title={t`是什么`} note={t`改了就记住`}>
      <div className={`${css.two} ${css.quiet}`}>
        <div className={css.wide}><Field {...part} name="name" label={t`名字`} /></div>
        <Field {...part} name="brand" label={t`品牌`} />
        <Field {...part} name="category" label={t`品类`} />
        <Price {...part} />
        <Field {...part} name="supplier" label={t`谁供的货`} placeholder={t`自己买的、品牌寄的、哪家店`} />
        <div className={css.wide}><Field {...part} name="url" label={t`在哪儿卖`} type="url" placeholder="https://" /></div>
        <Field {...part} name="fits" label={t`适合谁`} long placeholder={t`油皮、通勤、赶时间`} />
        <Field {...part} name="unfits" label={t`不适合谁`} long placeholder={t`说清楚不适合谁，比说好更可信`} />
        <div className={css.wide}><Field {...part} name="note" label={t`随手记`} long /></div>
      </div>
    </Card>
  );
}

/** A list of short sentences (selling points, shortcomings): edited line by line, one taken away can be put back. */
export function Sentences({ title, note, lines, onChange, placeholder, tone, testId }: { title: string; note?: string; lines: string[]; onChange: (lines: string[]) => Promise<void>; placeholder: string; tone: string; testId: string }) {
  const [fresh, setFresh] = useState("");
  const change = async (next: string[]) => { try { await onChange(next); } catch (error) { say.failed(error); } };
  const add = async () => {
    const line = fresh.trim();
    if (!line) return;
    setFresh("");
    if (!lines.includes(line)) await change([...lines, line]);
  };
  const take = async (nth: number) => {
    const line = lines[nth] ?? "";
    try {
      await onChange(lines.toSpliced(nth, 1));
      say.done(t`拿掉了「${line}」`, () => onChange(lines));
    } catch (error) { say.failed(error); }
  };
  return (
    <Card title={title} note={note}>
      {lines.map((line, nth) => (
        <div className={`${css.line} ${css.quiet}`} key={`${nth}-${line}`}>
          <Line line={line} tone={tone} label={t`${title}第 ${nth + 1} 条`} save={(text) => change(text.trim() ? lines.with(nth, text.trim()) : lines.toSpliced(nth, 1))} />
          <IconButton small icon="close" label={t`拿掉「${line}」`} onClick={() => void take(nth)} />
        </div>
      ))}
      <TextField label={t`加一条${title}`} bare value={fresh} onChange={setFresh} onEnter={() => void add()} onBlur={() => void add()} placeholder={placeholder} data-testid={testId} />
    </Card>
  );
}

function Line({ line, tone, label, save }: { line: string; tone: string; label: string; save: (text: string) => Promise<void> }) {
  const [text, setText] = useState(line);
  const keep = () => { if (text.trim() !== line) void save(text); };
  return (
    <span style={{ display: "flex", alignItems: "center" }}>
      <i className={css.dot} style={{ background: tone }} aria-hidden="true" />
      <span style={{ flex: 1 }}><TextField label={label} bare value={text} onChange={setText} onEnter={keep} onBlur={keep} /></span>
    </span>
  );
}

/** The numbers shops know it by; an order with one of them counts for this product. */
export function Skus({ product, save }: Part) {
  const [rows, setRows] = useState<Sku[]>(product.skus);
  const keep = async (next: Sku[]) => {
    const whole = next.map(({ shop, sku }) => ({ shop: shop.trim(), sku: sku.trim() })).filter(({ shop, sku }) => shop && sku);
    if (JSON.stringify(whole) === JSON.stringify(product.skus)) return;
    try { await save({ skus: whole }); } catch (error) { say.failed(error); }
  };
  const change = (nth: number, part: Partial<Sku>) => setRows((was) => was.map((row, at) => (at === nth ? { ...row, ...part } : row)));
  return (
    <Card title={t`店里的编号`} note={t`订单靠它认出这件好物`} actions={<Button small icon="plus" onClick={() => setRows([...rows, { shop: rows.at(-1)?.shop ?? "", sku: "" }])}>{t`加一个`}</Button>}>
      {rows.length === 0 && <p className="muted">{t`还没有。加上店铺和编号，同步来的订单就会归到这里。`}</p>}
      <div className="pile" style={{ gap: 8 }}>
        {rows.map((row, nth) => (
          <div className={css.skus} key={nth}>
            <TextField label={t`店铺`} bare value={row.shop} onChange={(shop) => change(nth, { shop })} onBlur={() => void keep(rows)} placeholder={t`店铺`} />
            <TextField label={t`编号`} bare value={row.sku} onChange={(sku) => change(nth, { sku })} onBlur={() => void keep(rows)} onEnter={() => void keep(rows)} placeholder={t`编号（SKU）`} />
            <IconButton small icon="close" label={t`拿掉这个编号`} onClick={() => { const next = rows.toSpliced(nth, 1); setRows(next); void keep(next); }} />
          </div>
        ))}
      </div>
    </Card>
  );
}
