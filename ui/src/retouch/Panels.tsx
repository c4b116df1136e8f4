import { t } from "@lingui/core/macro";
import { type ReactNode, useEffect, useRef } from "react";
import { Button, Segmented, TextArea, Toggle } from "../kit";
import { cropOf, mirror, quarterTurn, type Size, straight } from "./geometry";
import { type Edits, type Ink, type Mark, type MarkKind, newWatermark, noTone, same, type Veil, type Watermark } from "./model";
import css from "./retouch.module.css";
import { inks, ratios, spots, type Tool, tones } from "./words";

/** What the hand holds: brush, pen, ratio. It is not part of the edits. */
export type Choice = { ratio: number | null; veil: Veil; radius: number; kind: MarkKind; ink: Ink; plate: boolean; size: number };
export const firstChoice: Choice = { ratio: null, veil: "mosaic", radius: 0.03, kind: "arrow", ink: "red", plate: false, size: 0.05 };

type Props = {
  tool: Tool; edits: Edits; original: Size; choice: Choice; onChoice: (choice: Partial<Choice>) => void;
  selected: number | null; onSelect: (nth: number | null) => void;
  onLive: (edits: Edits) => void; onSettle: () => void; onChange: (edits: Edits) => void;
};

/** What the tool in hand needs. */
export function Panel(props: Props) {
  const body = { crop: CropPanel, straighten: StraightenPanel, tone: TonePanel, hide: HidePanel, mark: MarkPanel, watermark: WatermarkPanel }[props.tool];
  const Body = body;
  return <aside className={css.panel} aria-label={t`工具设置`}><Body {...props} /></aside>;
}

/** A slider that is shown while it moves and kept when it rests; a double click takes it back to nothing. */
function Slide({ label, value, min, max, stepBy = 1, zero = 0, unit = "", digits = 0, onLive, onSettle }: { label: string; value: number; min: number; max: number; stepBy?: number; zero?: number; unit?: string; digits?: number; onLive: (value: number) => void; onSettle: () => void }) {
  const shown = `${value > 0 && min < 0 ? "+" : ""}${value.toFixed(digits)}${unit}`;
  return (
    <label className={css.slide}>
      <span>{label}</span><output className="num">{shown}</output>
      <input type="range" aria-label={label} aria-valuetext={shown} min={min} max={max} step={stepBy} value={value} style={{ "--at": `${((value - min) / (max - min)) * 100}%`, "--zero": `${((zero - min) / (max - min)) * 100}%` } as React.CSSProperties}
        onChange={(event) => onLive(Number(event.currentTarget.value))} onPointerUp={onSettle} onKeyUp={onSettle} onBlur={onSettle} onDoubleClick={() => { onLive(zero); onSettle(); }} />
    </label>
  );
}

const Group = ({ title, children }: { title: string; children: ReactNode }) => <section className={css.group}><h2>{title}</h2>{children}</section>;

function CropPanel({ edits, original, choice, onChoice, onChange }: Props) {
  const inner = straight(original, edits);
  const take = (ratio: number | null) => {
    onChoice({ ratio });
    if (ratio) onChange({ ...edits, crop: cropOf(ratio, inner.width / inner.height, edits.crop ?? undefined) });
  };
  const crop = edits.crop;
  const pixels = crop && `${Math.round(inner.width * crop.width)} × ${Math.round(inner.height * crop.height)}`;
  return (
    <>
      <Group title={t`比例`}>
        <div className={css.ratios} role="radiogroup" aria-label={t`裁剪比例`}>
          {ratios.map(({ key, ratio, word }) => (
            <button key={key} type="button" role="radio" aria-checked={choice.ratio === ratio} className={css.ratio} onClick={() => take(ratio)} data-testid={`retouch-ratio-${key}`}>
              <i style={{ aspectRatio: ratio ?? 1.2, [(ratio ?? 1.2) > 1 ? "width" : "height"]: 22 }} data-free={ratio === null || undefined} />{word()}
            </button>
          ))}
        </div>
      </Group>
      <Turns edits={edits} original={original} choice={choice} onChange={onChange} />
      <p className={css.note}>{pixels ? t`留下 ${pixels} 像素。` : t`拖四角裁剪，拖中间移动。`}{t`原图不动，随时能改回来。`}</p>
      <Button small kind="quiet" disabled={!crop} onClick={() => { onChoice({ ratio: null }); onChange({ ...edits, crop: null }); }}>{t`取消裁剪`}</Button>
    </>
  );
}

function Turns({ edits, original, choice, onChange }: Pick<Props, "edits" | "original" | "choice" | "onChange">) {
  // A ratio that was chosen is meant for the picture as it will stand, so it does not turn along.
  const turn = () => {
    const turned = quarterTurn(edits);
    const inner = straight(original, turned);
    onChange(choice.ratio && turned.crop ? { ...turned, crop: cropOf(choice.ratio, inner.width / inner.height, turned.crop) } : turned);
  };
  return (
    <Group title={t`转一转`}>
      <div className={css.pair}>
        <Button small icon="rotate" onClick={turn} data-testid="retouch-turn">{t`转 90°`}</Button>
        <Button small onClick={() => onChange(mirror(edits))} aria-pressed={edits.flip} data-testid="retouch-flip">{t`左右翻转`}</Button>
      </div>
    </Group>
  );
}

function StraightenPanel({ edits, original, choice, onLive, onSettle, onChange }: Props) {
  return (
    <>
      <Group title={t`校正`}>
        <Slide label={t`角度`} value={edits.straighten} min={-15} max={15} stepBy={0.1} digits={1} unit="°" onLive={(straighten) => onLive({ ...edits, straighten })} onSettle={onSettle} />
      </Group>
      <Turns edits={edits} original={original} choice={choice} onChange={onChange} />
      <p className={css.note}>{t`对着网格找水平。四角不会留黑边，裁好的比例不变。`}</p>
      <Button small kind="quiet" disabled={!edits.straighten} onClick={() => onChange({ ...edits, straighten: 0 })}>{t`角度归零`}</Button>
    </>
  );
}

function TonePanel({ edits, onLive, onSettle, onChange }: Props) {
  return (
    <>
      <Group title={t`调色`}>
        {tones.map(({ key, word }) => <Slide key={key} label={word()} value={edits.tone[key]} min={-100} max={100} onLive={(value) => onLive({ ...edits, tone: { ...edits.tone, [key]: value } })} onSettle={onSettle} />)}
      </Group>
      <p className={css.note}>{t`双击滑块归零。试用照片少调一点更可信。`}</p>
      <Button small kind="quiet" disabled={same(edits.tone, noTone)} onClick={() => onChange({ ...edits, tone: noTone })}>{t`调色归零`}</Button>
    </>
  );
}

function HidePanel({ edits, choice, onChoice, onChange }: Props) {
  const count = edits.hidden.length;
  return (
    <>
      <Group title={t`打码`}>
        <Segmented label={t`怎么遮`} value={choice.veil} onChange={(veil) => onChoice({ veil })} options={[{ value: "mosaic", label: t`马赛克` }, { value: "blur", label: t`模糊` }]} />
        <Slide label={t`画笔`} value={Math.round(choice.radius * 1000)} min={6} max={300} zero={30} onLive={(value) => onChoice({ radius: value / 1000 })} onSettle={() => {}} />
      </Group>
      <p className={css.note}>{t`涂住地址、人脸、单号。发出去的图里只剩大色块，找不回原来的样子；画笔越粗，色块越大。按 [ 和 ] 换粗细。`}</p>
      <div className={css.pair}>
        <Button small kind="quiet" disabled={!count} onClick={() => onChange({ ...edits, hidden: edits.hidden.slice(0, -1) })}>{t`去掉最后一笔`}</Button>
        <Button small kind="quiet" disabled={!count} onClick={() => onChange({ ...edits, hidden: [] })}>{t`全部去掉`}</Button>
      </div>
    </>
  );
}

const Inks = ({ value, onChange }: { value: Ink; onChange: (ink: Ink) => void }) => (
  <div className={css.inks} role="radiogroup" aria-label={t`颜色`}>
    {inks.map(({ ink, colour, word }) => <button key={ink} type="button" role="radio" aria-checked={value === ink} aria-label={word()} title={word()} className={css.ink} style={{ background: colour }} onClick={() => onChange(ink)} />)}
  </div>
);

function MarkPanel({ edits, choice, onChoice, selected, onSelect, onLive, onSettle, onChange }: Props) {
  const mark = selected === null ? undefined : edits.marks[selected];
  const words = useRef<HTMLDivElement>(null);
  // A new caption wants its words at once.
  useEffect(() => {
    if (mark?.kind !== "caption") return;
    const field = words.current?.querySelector("textarea");
    field?.focus();
    field?.select();
    // Only when another mark is chosen.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selected]);
  const put = (act: (edits: Edits) => void, patch: Partial<Mark>) => act({ ...edits, marks: edits.marks.map((one, nth) => (nth === selected ? { ...one, ...patch } : one)) });
  const style = (patch: Partial<Pick<Mark, "ink" | "plate" | "size">>, act = onChange) => { onChoice(patch); if (mark) put(act, patch); };
  const now = mark ?? choice;
  return (
    <>
      <Group title={t`标注`}>
        <Segmented label={t`画什么`} value={choice.kind} onChange={(kind) => { onChoice({ kind }); onSelect(null); }} options={[{ value: "arrow", label: t`箭头` }, { value: "caption", label: t`文字` }, { value: "ring", label: t`圈` }]} />
        <Inks value={now.ink} onChange={(ink) => style({ ink })} />
        <Slide label={t`大小`} value={Math.round(now.size * 1000)} min={15} max={200} zero={50} onLive={(value) => style({ size: value / 1000 }, onLive)} onSettle={onSettle} />
        <Toggle label={t`文字加底色`} on={now.plate} onChange={(plate) => style({ plate })} />
      </Group>
      {mark && selected !== null ? (
        <Group title={t`选中的标注`}>
          <div ref={words}><TextArea label={t`文字`} value={mark.text} onChange={(text) => put(onLive, { text })} onBlur={onSettle} maxRows={6} placeholder={mark.kind === "caption" ? t`写点什么` : t`可以不写`} data-testid="retouch-words" /></div>
          <Button small kind="danger" icon="trash" onClick={() => { onSelect(null); onChange({ ...edits, marks: edits.marks.filter((_, nth) => nth !== selected) }); }}>{t`删掉这个`}</Button>
        </Group>
      ) : <p className={css.note}>{choice.kind === "caption" ? t`点一下图，放一段文字。` : choice.kind === "ring" ? t`拖一下，圈出来。` : t`从说明拖到要指的地方。`}{t`点已有的标注可以挪动和改字。`}</p>}
    </>
  );
}

function WatermarkPanel({ edits, onLive, onSettle, onChange }: Props) {
  const mark = edits.watermark ?? newWatermark;
  const put = (act: (edits: Edits) => void, patch: Partial<Watermark>) => {
    const next = { ...mark, ...patch };
    act({ ...edits, watermark: next.text.trim() || edits.watermark ? next : null });
  };
  const off = !mark.text.trim();
  return (
    <>
      <Group title={t`水印`}>
        <TextArea label={t`文字`} rows={1} maxRows={3} value={mark.text} onChange={(text) => onLive({ ...edits, watermark: text ? { ...mark, text } : null })} onBlur={onSettle} placeholder={t`比如 @你的名字`} data-testid="retouch-watermark-text" />
        <div className={css.spots} role="radiogroup" aria-label={t`水印位置`}>
          {spots.map(({ value, word }) => <button key={value} type="button" role="radio" aria-checked={mark.place === value} className={css.spot} disabled={off} onClick={() => put(onChange, { place: value })}>{word()}</button>)}
        </div>
        <Inks value={mark.ink} onChange={(ink) => put(onChange, { ink })} />
        <Slide label={t`大小`} value={Math.round(mark.size * 1000)} min={15} max={150} zero={40} onLive={(value) => put(onLive, { size: value / 1000 })} onSettle={onSettle} />
        <Slide label={t`深浅`} value={mark.opacity} min={5} max={100} zero={60} unit="%" onLive={(opacity) => put(onLive, { opacity })} onSettle={onSettle} />
      </Group>
      <p className={css.note}>{t`水印按看得见的画面摆放，换个渠道裁剪也不会切掉。`}</p>
      <Button small kind="quiet" disabled={!edits.watermark} onClick={() => onChange({ ...edits, watermark: null })}>{t`去掉水印`}</Button>
    </>
  );
}

