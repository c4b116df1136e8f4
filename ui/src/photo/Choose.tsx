import { t } from "@lingui/core/macro";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { photoUrl } from "../ipc";
import { Icon, type IconName, isComposing, Modal, Picture, TextField } from "../kit";
import css from "./photo.module.css";

export type Choice = {
  key: string;
  title: string;
  note?: string;
  /** More words it answers to: pinyin, initials. */
  words?: string;
  cover?: number | null;
  icon?: IconName;
  run: () => unknown;
};
type Props = {
  open: boolean;
  onClose: () => void;
  title: string;
  note?: ReactNode;
  choices: Choice[];
  none: ReactNode;
  placeholder?: string;
  /** Keys of choices that sound like the words: pinyin is the index's work. */
  find?: (words: string) => Promise<string[]>;
  /** Choices that only these words bring: a date that was typed. */
  made?: (words: string) => Choice[];
};

const answers = (choice: Choice, words: string) => {
  const hay = `${choice.title} ${choice.note ?? ""} ${choice.words ?? ""}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => hay.includes(word));
};

/** One of many things with a picture each: a product, a trial, a post. Typing narrows, arrows walk, Enter takes. */
export function Choose({ open, onClose, title, note, choices, none, placeholder, find, made }: Props) {
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const [heard, setHeard] = useState<{ words: string; keys: string[] }>({ words: "", keys: [] });
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => { if (open) { setWords(""); setAt(0); } }, [open]);
  useEffect(() => {
    if (!open || !find || !words.trim()) return;
    let late = false;
    const timer = setTimeout(() => void find(words.trim()).then((keys) => { if (!late) setHeard({ words, keys }); }, () => {}), 100);
    return () => { late = true; clearTimeout(timer); };
  }, [words, open]);
  // In braces: newer engines answer a scroll with a promise, which an effect must not return.
  useEffect(() => { list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" }); }, [at]);

  const typed = words.trim();
  const sound = heard.words === words ? new Set(heard.keys) : undefined;
  const shown = [...(typed && made ? made(typed) : []), ...choices.filter((one) => answers(one, typed)), ...choices.filter((one) => !answers(one, typed) && sound?.has(one.key))].slice(0, 100);
  const take = (choice: Choice | undefined) => { if (choice) { onClose(); choice.run(); } };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || isComposing(event) || shown.length === 0) return;
    event.preventDefault();
    setAt((at + by + shown.length) % shown.length);
  };
  return (
    <Modal open={open} onClose={onClose} title={title} size={460}>
      {note && <p className="muted" style={{ marginBottom: 10 }}>{note}</p>}
      <div onKeyDown={press}><TextField label={t`找`} bare value={words} onChange={(now) => { setWords(now); setAt(0); }} onEnter={() => take(shown[at])} autoFocus placeholder={placeholder ?? t`打名字找，回车选第一个`} data-testid="photo-choose" /></div>
      <ul ref={list} className={css.choices}>
        {shown.map((choice, nth) => (
          <li key={choice.key}>
            <button type="button" aria-current={nth === at || undefined} onMouseMove={() => setAt(nth)} onClick={() => take(choice)}>
              {choice.icon ? <span style={{ width: 36, textAlign: "center" }}><Icon name={choice.icon} /></span> : <Picture src={typeof choice.cover === "number" ? photoUrl(choice.cover, "thumb") : null} alt="" width={36} style={{ borderRadius: 7, flex: "none" }} />}
              <span><b>{choice.title}</b>{choice.note && <small>{choice.note}</small>}</span>
            </button>
          </li>
        ))}
        {shown.length === 0 && <li className="muted" style={{ padding: 8 }}>{choices.length ? t`没有这样的，换个词。` : none}</li>}
      </ul>
    </Modal>
  );
}
