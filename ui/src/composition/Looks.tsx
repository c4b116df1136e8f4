import { t } from "@lingui/core/macro";
import type { CompositionTemplate, Ratio } from "../ipc";
import { Segmented, Toggle } from "../kit";
import css from "./composition.module.css";
import { type Doc, ratios } from "./doc";

type Props = { doc: Doc; template: CompositionTemplate | undefined; onDoc: (part: Partial<Doc>) => void };

const grounds = ["#FFFFFF", "#FBF7EE", "#F3EBDD", "#E3EDD9", "#F9E7DA", "#F6DDE0", "#DFE8F1", "#23251F", "#000000"];

/** A few good choices instead of figures. */
export function Looks({ doc, template, onDoc }: Props) {
  if (!template) return null;
  const { kind } = template;
  const look = (part: Partial<Doc["look"]>) => onDoc({ look: { ...doc.look, ...part } });
  const near = (value: number, steps: number[]) => String(steps.reduce((best, step) => (Math.abs(step - value) < Math.abs(best - value) ? step : best), steps[0] ?? 0));
  const choice = (label: string, field: "gap" | "radius" | "margin", steps: number[], words: string[]) => (
    <div className={css.line}><span className="muted">{label}</span><Segmented label={label} value={near(doc.look[field] ?? template.look[field] ?? 0, steps)} onChange={(value) => look({ [field]: Number(value) })} options={steps.map((step, nth) => ({ value: String(step), label: words[nth] }))} /></div>
  );
  const pictures = kind === "grid" || kind === "pair" || kind === "long";
  const ground = (doc.look.ground ?? template.look.ground ?? "").toUpperCase();
  // A photo that fills the page covers its ground.
  const grounded = kind !== "cover" || template.id === "cover-split" || template.id === "cover-slip" || template.id === "cover-plain";
  return (
    <div className={css.group}>
      {kind !== "long" && <div className={css.line}><span className="muted">{t`画幅`}</span><Segmented label={t`画幅`} value={doc.ratio} onChange={(ratio) => onDoc({ ratio })} options={(Object.keys(ratios) as Ratio[]).map((value) => ({ value, label: value }))} /></div>}
      {pictures && choice(t`间隙`, "gap", [0, 8, 20, 40], [t`无`, t`细`, t`中`, t`宽`])}
      {(pictures || template.id === "cover-split") && choice(t`圆角`, "radius", [0, 20, 44], [t`直角`, t`小`, t`大`])}
      {pictures && choice(t`留边`, "margin", [0, 32, 64], [t`无`, t`窄`, t`宽`])}
      {grounded && (
        <div className={css.line}><span className="muted">{t`底色`}</span>
          <div className={css.swatches} role="radiogroup" aria-label={t`底色`}>
            {grounds.map((colour, nth) => <button key={colour} type="button" role="radio" aria-checked={ground === colour} aria-label={[t`白`, t`纸`, t`米`, t`嫩绿`, t`杏`, t`粉`, t`雾蓝`, t`夜`, t`黑`][nth]} style={{ background: colour }} onClick={() => look({ ground: colour })} />)}
          </div>
        </div>
      )}
      {kind === "pair" && <Toggle label={t`写上拍摄日期`} note={t`日期来自相机；没有时间的照片不写`} on={!doc.look.undated} onChange={(on) => look({ undated: !on })} />}
    </div>
  );
}
