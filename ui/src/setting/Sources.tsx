import { t } from "@lingui/core/macro";
import { useState } from "react";
import css from "./setting.module.css";

/** Where a figure is from, behind one word: what it means is for the person, who else found it is for whoever doubts it. */
export function Sources({ of, about }: { of: string[]; about: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={css.proof} aria-expanded={open} aria-label={t`出处：${about}`} onClick={() => setOpen(!open)}>{t`出处`}</button>
      {open && of.map((line) => <small key={line}>{line}</small>)}
    </>
  );
}
