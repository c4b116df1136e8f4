import { t } from "@lingui/core/macro";
import { type KeyboardEvent, useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { type Photo, photoUrl, type Retouch } from "../ipc";
import { Button, Confirm, ErrorState, Hint, Icon, IconButton, isComposing, isKeys, Kbd, KeySheet, Level, Menu, messageOf, say, SelectField, typing, useDraft } from "../kit";
import { useDrawn, useEditorChannels, useRetouch, useSetRetouch } from "./api";
import { CopyDialog } from "./CopyDialog";
import { CropStage } from "./CropStage";
import type { Size } from "./geometry";
import { Past } from "./Past";
import { begin, type Edits, full, isUntouched, same, step, untouched, withoutMarks, withoutShape } from "./model";
import { type Choice, firstChoice, Panel } from "./Panels";
import { ResultStage } from "./ResultStage";
import css from "./retouch.module.css";
import { apart, editorKeys, type Tool, tools } from "./words";

type Props = { photo: Photo; onClose: () => void };

/** The editor over the whole window: a calm dark desk, the tools on the left, what a tool needs on the right. All of it is kept by itself. */
export default function Editor({ photo, onClose }: Props) {
  const [channel, setChannel] = useState<number | null>(null);
  const retouch = useRetouch(photo.id, channel);
  const root = useRef<HTMLDivElement>(null);
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    // What was read before is drawn at once, and then the desk has the focus already.
    if (!root.current?.contains(document.activeElement)) root.current?.focus();
    return () => { if (opener instanceof HTMLElement) opener.focus(); };
  }, []);
  // What had the focus can go dead or away (the last step taken back): the keys that then fall to the page are still the editor's.
  useEffect(() => {
    const hear = (event: globalThis.KeyboardEvent) => {
      const desk = root.current?.firstElementChild;
      if (event.target !== document.body || !(desk instanceof HTMLElement)) return;
      desk.focus();
      if (event.key === "Tab") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      desk.dispatchEvent(new globalThis.KeyboardEvent("keydown", event));
    };
    window.addEventListener("keydown", hear, true);
    return () => window.removeEventListener("keydown", hear, true);
  }, []);
  // Keys belong to the editor while it is open: what lies behind it must not hear them, and Tab goes round in it.
  const keep = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented && !retouch.data) onClose();
    if (event.key === "Tab" && root.current?.contains(event.target as Node)) round(root.current, event);
    event.nativeEvent.stopImmediatePropagation();
  };
  return createPortal(
    <Level value={210}><div ref={root} className={css.editor} role="dialog" aria-modal="true" aria-label={t`修图`} tabIndex={-1} data-mantine-color-scheme="dark" onKeyDown={keep} data-testid="retouch">
      {retouch.data
        ? <Desk key={channel ?? 0} photo={photo} kept={retouch.data} channel={channel} onChannel={setChannel} onClose={onClose} root={root} />
        : <div className={css.wait}>{retouch.error ? <ErrorState error={retouch.error} onRetry={() => void retouch.refetch()} actions={<Button onClick={onClose}>{t`关上`}</Button>} /> : <i className="spin" aria-label={t`正在打开`} />}</div>}
    </div></Level>,
    document.body,
  );
}

/** Tab at the last thing that takes the focus goes to the first, and back. */
function round(within: HTMLElement, event: KeyboardEvent) {
  const stops = [...within.querySelectorAll<HTMLElement>("button, input, textarea, select, [tabindex]")].filter((one) => one.tabIndex >= 0 && !one.matches(":disabled") && one.getClientRects().length > 0);
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (event.target !== from) return;
  event.preventDefault();
  to?.focus();
}

type DeskProps = Props & { kept: Retouch; channel: number | null; onChannel: (channel: number | null) => void; root: React.RefObject<HTMLDivElement | null> };

function Desk({ photo, kept, channel, onChannel, onClose, root }: DeskProps) {
  const { set, clear } = useSetRetouch(photo.id, channel);
  const channels = useEditorChannels().data ?? [];
  const stored = useMemo(() => full(kept.edits), [kept.edits]);
  // A draft says that it could not be saved, but its flush does not throw.
  const refused = useRef<unknown>(undefined);
  const draft = useDraft<Edits>(stored, async (edits) => {
    refused.current = undefined;
    try { await set.mutateAsync(edits); } catch (error) { refused.current = error; throw error; }
  });
  const [sitting, dispatch] = useReducer(step, stored, begin);
  const [tool, setTool] = useState<Tool>("crop");
  const [choice, setChoice] = useState<Choice>(firstChoice);
  const [selected, setSelected] = useState<number | null>(null);
  const [plain, setPlain] = useState(false);
  const [copying, setCopying] = useState(false);
  const [looking, setLooking] = useState(false);
  const [asking, setAsking] = useState(false);
  const [leaving, setLeaving] = useState<{ away: () => void }>();
  const [stage, box] = useBox();
  const desk = useRef<HTMLDivElement>(null);
  // Keys are heard from here, so here the focus begins and comes back to.
  useEffect(() => desk.current?.focus(), []);
  const original: Size = { width: Math.max(1, photo.width), height: Math.max(1, photo.height) };

  const edits = sitting.live ?? sitting.now;
  const shaping = tool === "crop" || tool === "straighten";
  const ground = useDrawn(photo.id, shaping ? withoutShape(edits) : null);
  const result = useDrawn(photo.id, shaping ? null : edits);
  const bare = useDrawn(photo.id, tool === "mark" && edits.marks.length ? withoutMarks(edits) : null);
  // Until the core has drawn for the first time: the photo as it came stands there, not a hole.
  const bareUrl = photoUrl(photo.id, "preview", undefined, "plain");
  const failed = shaping ? ground.error : result.error;

  // What is settled is kept; what a hand still holds is only shown.
  const saved = useRef(sitting.now);
  useEffect(() => {
    if (same(saved.current, sitting.now)) return;
    saved.current = sitting.now;
    draft.set(sitting.now);
  }, [sitting.now, draft.set]);

  const live = useCallback((next: Edits) => dispatch({ do: "live", edits: next }), []);
  const settle = useCallback(() => dispatch({ do: "settle" }), []);
  const change = useCallback((next: Edits) => dispatch({ do: "change", edits: next }), []);
  /** Saves what stands on screen; throws why when that cannot be. */
  const keep = async () => {
    settle();
    if (!same(saved.current, edits)) { saved.current = edits; draft.set(edits); }
    await draft.flush();
    if (refused.current !== undefined) throw refused.current;
  };
  /** What is left for good is not tried again behind the back of who let go of it. */
  const letGo = (away: () => void) => { draft.hold(stored); away(); };
  const leave = async (away: () => void) => {
    try { await keep(); } catch { if (apart(stored, edits)) setLeaving({ away }); else letGo(away); return; }
    away();
  };
  const follow = async () => {
    try { await keep(); } catch { return; }
    try { const answer = await clear.mutateAsync(); const now = full(answer.edits); saved.current = now; dispatch({ do: "begin", edits: now }); say.done(t`又跟着全部渠道走了`); } catch (error) { say.failed(error); }
  };
  const back = () => { setSelected(null); dispatch({ do: "undo" }); };
  const forth = () => { setSelected(null); dispatch({ do: "redo" }); };

  const key = (event: KeyboardEvent) => {
    // Events of the dialogs over the editor come by here as well.
    if (isComposing(event) || event.defaultPrevented || !root.current?.contains(event.target as Node)) return;
    const writing = typing(event.target);
    const on = (keys: string, act: () => void) => { if (!event.defaultPrevented && isKeys(event, keys)) { event.preventDefault(); act(); } };
    on("Escape", () => { if (writing) desk.current?.focus(); else if (selected !== null) setSelected(null); else void leave(onClose); });
    if (writing) return;
    on("mod+Shift+Z", forth);
    on("mod+Y", forth);
    on("mod+Z", back);
    on("\\", () => setPlain(true));
    on("?", () => setAsking(true));
    for (const one of tools) on(one.key, () => choose(one.tool));
    if (tool === "hide") {
      on("[", () => setChoice((was) => ({ ...was, radius: Math.max(0.006, was.radius / 1.25) })));
      on("]", () => setChoice((was) => ({ ...was, radius: Math.min(0.3, was.radius * 1.25) })));
    }
  };
  const choose = (next: Tool) => { settle(); setTool(next); setSelected(null); };
  useEffect(() => {
    const up = (event: globalThis.KeyboardEvent) => { if (event.key === "\\") setPlain(false); };
    const away = () => setPlain(false);
    window.addEventListener("keyup", up);
    window.addEventListener("blur", away);
    return () => { window.removeEventListener("keyup", up); window.removeEventListener("blur", away); };
  }, []);

  const state = { kept: t`已保存`, waiting: t`等一下保存`, saving: t`正在保存`, failed: t`没存上` }[draft.state];
  const options = [{ value: "0", label: t`全部渠道` }, ...channels.map((one) => ({ value: String(one.id), label: kept.channels.includes(one.id) ? t`${one.name}（单独一版）` : one.name }))];
  return (
    <div ref={desk} className={css.desk} tabIndex={-1} onKeyDown={key}>
      <header className={css.head}>
        <IconButton icon="close" label={t`关上`} onClick={() => void leave(onClose)} data-testid="retouch-close" />
        <div className={css.version}>
          <SelectField label={t`给哪个渠道修`} bare options={options} value={String(channel ?? 0)} onChange={(next) => void leave(() => onChannel(Number(next) || null))} data-testid="retouch-channel" />
          {channel !== null && (kept.own
            ? <Button small kind="quiet" icon="undo" onClick={() => void follow()}>{t`跟随全部渠道`}</Button>
            : <small>{t`现在跟随全部渠道，一改就成为单独一版`}</small>)}
        </div>
        <small role="status" className={css.state} data-bad={draft.state === "failed" || undefined}>{state}</small>
        {draft.state === "failed" && <Button small kind="quiet" icon="sync" onClick={() => void draft.flush()} data-testid="retouch-again">{t`再试一次`}</Button>}
        <IconButton icon="undo" label={t`撤销`} disabled={!sitting.past.length} onClick={back} data-testid="retouch-undo" />
        <IconButton icon="undo" label={t`重做`} disabled={!sitting.future.length} onClick={forth} className={css.redo} data-testid="retouch-redo" />
        <Hint text={t`按住看原图，也可以按住 \\ 键`}>
          <Button small kind="quiet" icon="eye" aria-pressed={plain} onPointerDown={() => setPlain(true)} onPointerUp={() => setPlain(false)} onPointerLeave={() => setPlain(false)} onBlur={() => setPlain(false)}
            onKeyDown={(event) => { if (event.key === " ") setPlain(true); }} onKeyUp={() => setPlain(false)}>{t`对比`}</Button>
        </Hint>
        <Menu label={t`更多`} entries={[
          { label: t`复制到其他照片…`, icon: "copy", onClick: () => { settle(); setCopying(true); } },
          { label: t`以前的样子…`, icon: "clock", onClick: () => setLooking(true) },
          "rule",
          { label: t`全部还原`, icon: "undo", danger: true, disabled: isUntouched(edits), onClick: () => { setSelected(null); change(untouched); } },
        ]}><Button small kind="quiet" icon="more" data-testid="retouch-more">{t`更多`}</Button></Menu>
      </header>
      <nav className={css.rail} aria-label={t`修图工具`}>
        {tools.map((one) => (
          <button key={one.tool} type="button" className={css.tool} aria-pressed={tool === one.tool} aria-keyshortcuts={one.key} title={`${one.word()} ${one.key}`} onClick={() => choose(one.tool)} data-testid={`retouch-${one.tool}`}>
            <ToolIcon tool={one.tool} />{one.word()}
          </button>
        ))}
        <button type="button" className={css.keys} aria-label={t`看全部按键`} title={t`看全部按键`} onClick={() => setAsking(true)} data-testid="retouch-keys"><Kbd keys="?" /></button>
      </nav>
      <div className={css.stage} ref={stage}>
        {kept.problem && <p className={css.problem} role="alert"><Icon name="warn" size={16} />{kept.problem}</p>}
        {failed != null && <p className={css.problem} role="alert"><Icon name="warn" size={16} />{messageOf(failed)}</p>}
        {box && (plain
          ? <img className={css.plain} src={photoUrl(photo.id, "preview", undefined, "plain")} alt={t`原图`} />
          : shaping
            ? <CropStage url={ground.drawn?.url ?? bareUrl} original={original} box={box} edits={edits} ratio={choice.ratio} grid={tool === "straighten"} onLive={(crop) => live({ ...edits, crop })} onSettle={settle} />
            : <ResultStage drawn={result.drawn} bare={bare.drawn ?? (edits.marks.length ? undefined : result.drawn)} original={original} box={box} edits={edits} live={sitting.live !== null}
                brush={tool === "hide" ? { veil: choice.veil, radius: choice.radius } : undefined} pen={tool === "mark" ? { kind: choice.kind, ink: choice.ink, plate: choice.plate, size: choice.size } : undefined}
                selected={selected} onSelect={setSelected} onLive={live} onSettle={settle} onChange={change} />)}
      </div>
      <Panel tool={tool} edits={edits} original={original} choice={choice} onChoice={(next) => setChoice((was) => ({ ...was, ...next }))} selected={selected} onSelect={setSelected} onLive={live} onSettle={settle} onChange={change} />
      <KeySheet open={asking} onClose={() => setAsking(false)} title={t`修图的按键`} groups={editorKeys()} />
      {copying && <CopyDialog photo={photo} channel={channel} edits={edits} keep={keep} onClose={() => { setCopying(false); desk.current?.focus(); }} />}
      {looking && <Past photo={photo} channel={channel} onClose={() => { setLooking(false); desk.current?.focus(); }} onTake={(past) => { setSelected(null); change(past); }} />}
      <Confirm open={leaving !== undefined} onClose={() => { setLeaving(undefined); desk.current?.focus(); }} title={t`改动还没存上`} yes={t`不要了`} onYes={() => leaving && letGo(leaving.away)}>{t`没存上的有：${apart(stored, edits)}。现在离开就没有了；先不离开，可以再试一次。`}</Confirm>
    </div>
  );
}

/** The room there is for the picture, with air around it. */
function useBox(): [React.RefObject<HTMLDivElement | null>, Size | undefined] {
  const ref = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<Size>();
  useLayoutEffect(() => {
    const node = ref.current;
    if (!node) return;
    const measure = () => setBox({ width: Math.max(160, node.clientWidth - 56), height: Math.max(160, node.clientHeight - 56) });
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(node);
    return () => watch.disconnect();
  }, []);
  return [ref, box];
}

const drawings: Record<Tool, string> = {
  crop: "M7 3v14h14M3 7h14v14",
  straighten: "M3 17l18-6M3 20h18M12 14V4M9 7l3-3 3 3",
  tone: "M12 4v16M12 4a8 8 0 0 1 0 16M12 4a8 8 0 0 0 0 16M12 8h4M12 12h6M12 16h4",
  hide: "M4 4h5v5H4zM15 4h5v5h-5zM9.500 9.500h5v5h-5zM4 15h5v5H4zM15 15h5v5h-5z",
  mark: "M5 19L18 6M10 5h9v9",
  watermark: "M5 6h14M12 6v13M9 19h6",
};
const ToolIcon = ({ tool }: { tool: Tool }) => <svg className="icon" viewBox="0 0 24 24" style={{ width: 22, height: 22 }} aria-hidden="true"><path d={drawings[tool]} /></svg>;
