import { Checkbox, NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { KeyboardEvent, ReactNode, Ref } from "react";
import { useId, useRef, useState } from "react";
import { isComposing } from "./keys";
import { minorUnits, moneySign } from "./money";

/** What every field takes. */
export type Base = { label: ReactNode; note?: ReactNode; error?: ReactNode; placeholder?: string; disabled?: boolean; required?: boolean; autoFocus?: boolean; onBlur?: () => void; "data-testid"?: string };
/** `bare`: the label is only for screen readers, because what stands around the field says it already. */
export type Bare = { bare?: boolean };
export const named = (label: ReactNode, bare?: boolean) => (bare ? { "aria-label": typeof label === "string" ? label : undefined } : { label });
type Text = Base & { value: string; onChange: (value: string) => void; onEnter?: () => void; maxLength?: number };

/** Enter, unless an input method is composing. */
const enter = (act?: () => void) => (event: KeyboardEvent) => {
  if (event.key === "Enter" && act && !isComposing(event)) { event.preventDefault(); act(); }
};

/** One line of text. `onEnter` is safe with Chinese input methods. */
export function TextField({ label, bare, note, onChange, onEnter, ref, type, autoFocus, ...rest }: Text & Bare & { ref?: Ref<HTMLInputElement>; type?: "text" | "url" | "password" | "search" }) {
  return <TextInput {...rest} {...named(label, bare)} ref={ref} type={type} autoFocus={autoFocus} data-autofocus={autoFocus || undefined} description={note} autoComplete="off" spellCheck={false} onChange={(event) => onChange(event.currentTarget.value)} onKeyDown={enter(onEnter)} />;
}

/** Several lines that grow with the text, from `rows` to `maxRows`. */
export function TextArea({ label, bare, note, onChange, rows = 2, maxRows = 12, autoFocus, onEnter: _, ...rest }: Text & Bare & { rows?: number; maxRows?: number }) {
  return <Textarea {...rest} {...named(label, bare)} autoFocus={autoFocus} data-autofocus={autoFocus || undefined} description={note} autosize minRows={rows} maxRows={maxRows} onChange={(event) => onChange(event.currentTarget.value)} />;
}

/** What a number field says: a number, or text while it ends in zeros behind the point ("136.50"), which is a number all the same. */
const numberOf = (said: number | string): number | null => { const value = typeof said === "number" ? said : said.trim() === "" ? Number.NaN : Number(said); return Number.isFinite(value) ? value : null; };

/** A whole or decimal number; null while it is empty. */
export function NumberField({ note, value, onChange, onEnter, min, max, digits = 0, unit, ...rest }: Base & { value: number | null; onChange: (value: number | null) => void; onEnter?: () => void; min?: number; max?: number; digits?: number; unit?: string }) {
  return <NumberInput {...rest} description={note} value={value ?? ""} min={min} max={max} decimalScale={digits} suffix={unit && `\u202f${unit}`} hideControls onKeyDown={enter(onEnter)}
    onChange={(next) => onChange(numberOf(next))} />;
}

/** Money typed as it is written (yuan, yen) and kept in integer minor units (分); null while it is empty. */
export function MoneyField({ note, value, onChange, onEnter, currency, ...rest }: Base & { value: number | null; onChange: (minor: number | null) => void; onEnter?: () => void; currency?: string }) {
  const units = minorUnits(currency);
  return <NumberInput {...rest} description={note} value={value === null ? "" : value / units} min={0} decimalScale={units === 1 ? 0 : 2} thousandSeparator="," prefix={`${moneySign(currency)}\u202f`} hideControls onKeyDown={enter(onEnter)}
    onChange={(next) => { const value = numberOf(next); onChange(value === null ? null : Math.round(value * units)); }} />;
}

export type Option<T extends string> = { value: T; label: string; disabled?: boolean };

/** One of a list; `search` lets people type, `clear` lets them take it back (null). */
export function SelectField<T extends string>({ label, bare, note, options, value, onChange, search, clear, ...rest }: Base & Bare & { options: Option<T>[]; value: T | null; onChange: (value: T | null) => void; search?: boolean; clear?: boolean }) {
  return <Select {...rest} {...named(label, bare)} description={note} data={options} value={value} onChange={(next) => onChange(next as T | null)} searchable={search} clearable={clear} allowDeselect={clear ?? false} openOnFocus={false} comboboxProps={{ transitionProps: { duration: 120 } }} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }} attributes={{ dropdown: { role: "region", "aria-label": typeof label === "string" ? label : undefined } }} />;
}

/** Words as tags: Enter or a comma adds one. */
export function TagsField({ note, value, onChange, suggestions, ...rest }: Base & { value: string[]; onChange: (value: string[]) => void; suggestions?: string[] }) {
  const [typed, setTyped] = useState("");
  const composing = useRef(false);
  const add = (words: string[]) => onChange([...new Set([...value, ...words.map((word) => word.trim()).filter(Boolean)])]);
  // An input method puts its marks in as text: no key ever says 「、」. So the text itself is looked at, once nothing is being composed.
  const take = (text: string) => {
    const parts = text.split(marks);
    const rest = composing.current ? text : (parts.at(-1) ?? "");
    if (!composing.current && parts.length > 1) add(parts.slice(0, -1));
    setTyped(rest);
  };
  // An empty list that stands open unseen would take the first Escape for itself.
  return <TagsInput {...rest} description={note} value={value} data={suggestions} dropdownOpened={suggestions?.length ? undefined : false} searchValue={typed} onSearchChange={take} splitChars={[",", "，", "、", ";", "；"]}
    onChange={(next) => onChange([...new Set(next.flatMap((one) => one.split(marks)).map((one) => one.trim()).filter(Boolean))])}
    onCompositionStart={() => { composing.current = true; }} onCompositionEnd={(event) => { composing.current = false; take(event.currentTarget.value); }}
    onKeyDownCapture={(event) => { if (isComposing(event)) event.stopPropagation(); }} />;
}

/** What stands between two tags. */
const marks = /[,，、;；]/;

/** On or off, at once. */
export function Toggle({ label, note, on, onChange, disabled }: { label: ReactNode; note?: ReactNode; on: boolean; onChange: (on: boolean) => void; disabled?: boolean }) {
  return <Switch label={label} description={note} checked={on} disabled={disabled} onChange={(event) => onChange(event.currentTarget.checked)} />;
}

/** One tick of a list. */
export function Check({ label, note, on, onChange, disabled, some }: { label: ReactNode; note?: ReactNode; on: boolean; onChange: (on: boolean) => void; disabled?: boolean; some?: boolean }) {
  return <Checkbox label={label} description={note} checked={on} indeterminate={some} disabled={disabled} onChange={(event) => onChange(event.currentTarget.checked)} />;
}

/** A few choices side by side, one of them on; arrow keys move. */
export function Segmented<T extends string>({ label, value, onChange, options }: { label: string; value: T; onChange: (value: T) => void; options: { value: T; label: ReactNode }[] }) {
  const name = useId();
  return (
    <div className="seg" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </div>
  );
}

/** Stars 1–5; clicking the current one takes it back (0). */
export function Stars({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  const [over, setOver] = useState(0);
  return (
    <span className="stars" role="group" aria-label={label} onMouseLeave={() => setOver(0)}>
      {[1, 2, 3, 4, 5].map((nth) => (
        <button key={nth} type="button" className={nth <= (over || value) ? "on" : ""} aria-label={`${nth}`} aria-pressed={nth === value} onMouseEnter={() => setOver(nth)} onClick={() => onChange(nth === value ? 0 : nth)}>★</button>
      ))}
    </span>
  );
}
