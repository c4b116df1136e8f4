import { t } from "@lingui/core/macro";
import { type ReactNode, useEffect, useState } from "react";
import { photoUrl } from "../ipc";
import { Icon, type IconName, Modal, Picture, TextField } from "../kit";
import css from "./photo.module.css";

export type Choice = { key: string | number; title: string; note?: string; cover?: number | null; icon?: IconName; run: () => unknown };

/** One of many things with a picture each: a product, a trial, a post. Typing narrows, Enter takes the first. */
export function Choose({ open, onClose, title, note, choices, none }: { open: boolean; onClose: () => void; title: string; note?: ReactNode; choices: Choice[]; none: ReactNode }) {
  const [words, setWords] = useState("");
  useEffect(() => { if (open) setWords(""); }, [open]);
  const shown = choices.filter((one) => words.toLowerCase().split(/\s+/).every((word) => `${one.title} ${one.note ?? ""}`.toLowerCase().includes(word))).slice(0, 100);
  const take = (choice: Choice | undefined) => { if (choice) { onClose(); choice.run(); } };
  return (
    <Modal open={open} onClose={onClose} title={title} size={460}>
      {note && <p className="muted" style={{ marginBottom: 10 }}>{note}</p>}
      <TextField label={t`找`} bare value={words} onChange={setWords} onEnter={() => take(shown[0])} autoFocus placeholder={t`打名字找，回车选第一个`} />
      <ul className={css.choices}>
        {shown.map((choice) => (
          <li key={choice.key}>
            <button type="button" onClick={() => take(choice)}>
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
