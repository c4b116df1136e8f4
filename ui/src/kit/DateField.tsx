import { t } from "@lingui/core/macro";
import { Popover, TextInput } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { IconButton } from "./Button";
import { Calendar } from "./Calendar";
import { msToDay, readDay } from "./day";
import { type Bare, type Base, named } from "./fields";
import { isComposing } from "./keys";

type Props = Base & Bare & { value: string | null; onChange: (value: string | null) => void; min?: string; max?: string; time?: boolean };

/**
 * A local calendar day as "2026-11-22", with `time` a minute as "2026-11-22T08:05"; null while it is empty, and then it looks empty in every engine. It is typed
 * (2026-11-22, 11-22, 昨天) or picked from the calendar, which a press anywhere on the field opens beside what is typed; ↓ goes into it.
 */
export function DateField({ label, bare, note, value, onChange, onBlur, min, max, time, error, placeholder, disabled, ...rest }: Props) {
  const [text, setText] = useState<string>();
  const [wrong, setWrong] = useState("");
  /** Beside: the hand stays in the field. Inside: it walks in the calendar. */
  const [open, setOpen] = useState<false | "beside" | "inside">(false);
  const field = useRef<HTMLInputElement>(null);
  const read = (words: string) => readDay(words, msToDay(Date.now()), time, value);
  const outside = (day: string) => Boolean((min && day.slice(0, 10) < min.slice(0, 10)) || (max && day.slice(0, 10) > max.slice(0, 10)));

  const type = (words: string) => {
    setText(words);
    setWrong("");
    const day = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2})?$/.test(words) ? read(words) : undefined;
    if (!words.trim()) onChange(null);
    // Written out it is taken at once; anything shorter might still go on.
    else if (day && (!time || words.length > 10) && !outside(day)) onChange(day);
  };
  const leave = () => {
    const words = text?.trim();
    setText(undefined);
    if (!words) return;
    const day = read(words);
    if (!day) setWrong(time ? t`「${words}」不是时间，没有改动。写成 2026-11-22 08:30 这样。` : t`「${words}」不是日子，没有改动。写成 2026-11-22 这样。`);
    else if (outside(day)) setWrong(min && max ? t`要在 ${min} 到 ${max} 之间，没有改动。` : min ? t`要在 ${min} 或以后，没有改动。` : t`要在 ${max ?? ""} 或以前，没有改动。`);
    else if (day !== value) onChange(day);
  };
  const close = () => { setOpen(false); field.current?.focus(); };
  const press = () => { if (!disabled) setOpen((was) => was || "beside"); };
  const pick = (day: string) => { setText(undefined); setWrong(""); onChange(time ? `${day}T${value?.slice(11, 16) || "00:00"}` : day); close(); };
  const key = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === "ArrowDown" && (event.altKey || open)) { event.preventDefault(); setOpen("inside"); }
    if (event.key === "Escape" && open) { event.preventDefault(); event.stopPropagation(); setOpen(false); }
    if (event.key === "Tab") setOpen((was) => (was === "beside" ? false : was));
    if (event.key === "Enter") { leave(); setOpen(false); }
  };
  return (
    <TextInput {...rest} {...named(label, bare)} ref={field} description={note} error={error || wrong || undefined} disabled={disabled} autoComplete="off" spellCheck={false} inputMode="numeric"
      value={text ?? (value ?? "").replace("T", " ")} placeholder={placeholder ?? (bare && typeof label === "string" && label ? label : time ? t`哪天几点` : t`哪天`)} onChange={(event) => type(event.currentTarget.value)} onBlur={() => { leave(); onBlur?.(); }} onKeyDown={key} onClick={press} onMouseDown={(event) => { if (open) event.stopPropagation(); }} data-mild={wrong && !error ? true : undefined} data-mantine-stop-propagation={open ? "true" : undefined}
      rightSection={
        <Popover opened={Boolean(open)} onChange={(now) => { if (!now) setOpen(false); }} position="bottom-end" radius={12} shadow="none" withinPortal trapFocus={open === "inside"} closeOnEscape={false} returnFocus={open === "inside"}>
          <Popover.Target><IconButton small icon="today" label={t`打开日历`} disabled={disabled} aria-expanded={Boolean(open)} onClick={(event) => { event.stopPropagation(); setOpen((was) => (was ? false : "inside")); }} /></Popover.Target>
          <Popover.Dropdown className="popover">{open && <Calendar key={open === "inside" ? "inside" : value} value={value?.slice(0, 10) || null} min={min?.slice(0, 10)} max={max?.slice(0, 10)} onPick={pick} onClear={value ? () => { setText(undefined); onChange(null); close(); } : undefined} onClose={close} />}</Popover.Dropdown>
        </Popover>
      } />
  );
}
