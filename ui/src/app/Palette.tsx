import { i18n } from "@lingui/core";
import { t } from "@lingui/core/macro";
import { Modal } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { Icon, isComposing, Kbd, type PaletteItem, Picture } from "../kit";
import { paletteSources, roomKey, rooms } from "./rooms";

/** Whether a line answers to what was typed: every word must occur in its title, its note or its other words (pinyin, initials). */
export function answers(item: PaletteItem, typed: string): boolean {
  const hay = `${item.title} ${item.note ?? ""} ${item.words ?? ""}`.toLowerCase();
  return typed.toLowerCase().split(/\s+/).every((word) => hay.includes(word));
}

function allCommands(): PaletteItem[] {
  return [
    ...rooms.map((room, nth): PaletteItem => ({ id: `go-${room.name}`, title: i18n._(room.title), note: t`打开`, icon: room.name, words: room.words, keys: roomKey(nth), run: (go) => go(room.path) })),
    ...paletteSources.flatMap(([, source]) => source.commands?.() ?? []),
  ];
}

/** What the rooms find for the words, 120 ms after the last key; older answers never overwrite newer ones. */
function useFound(words: string): { found: PaletteItem[]; busy: boolean } {
  const [state, setState] = useState<{ found: PaletteItem[]; busy: boolean }>({ found: [], busy: false });
  useEffect(() => {
    if (!words.trim()) return setState({ found: [], busy: false });
    let late = false;
    setState((was) => ({ ...was, busy: true }));
    const timer = setTimeout(async () => {
      const answers = await Promise.allSettled(paletteSources.map(([, source]) => source.search?.(words) ?? Promise.resolve([])));
      if (!late) setState({ found: answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : [])), busy: false });
    }, 120);
    return () => { late = true; clearTimeout(timer); };
  }, [words]);
  return state;
}

/** ⌘K: go anywhere, do anything, find anything; arrows choose, Enter runs, Escape closes. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Modal opened={open} onClose={onClose} withCloseButton={false} padding={0} size={620} radius={14} yOffset="12vh" transitionProps={{ duration: 120 }} attributes={{ content: { "aria-label": t`找好物、照片、句子，拼音也行` } }}>
      {open && <Search onClose={onClose} />}
    </Modal>
  );
}

function Search({ onClose }: { onClose: () => void }) {
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const { history } = useRouter();
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const commands = useMemo(allCommands, []);
  const { found, busy } = useFound(words);
  const shown = words.trim() ? [...commands.filter((item) => answers(item, words.trim())), ...found] : commands;

  const run = (item: PaletteItem | undefined) => {
    if (!item) return;
    onClose();
    // The address as it is written, with its search words: navigate() would take ?… for a part of the path.
    item.run((path) => history.push(path));
  };
  const press = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") { event.preventDefault(); run(shown[at]); }
    if (!step || !shown.length) return;
    event.preventDefault();
    setAt((at + step + shown.length) % shown.length);
  };
  // In braces: newer engines answer a scroll with a promise, which an effect must not return.
  useEffect(() => { list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" }); }, [at]);

  return (
    <div className="palette">
      <div className="palette-input">
        <Icon name="search" />
        <input data-autofocus role="combobox" aria-expanded="true" aria-controls={id} aria-activedescendant={shown[at] && `${id}-${at}`} aria-label={t`找好物、照片、句子，拼音也行`}
          placeholder={t`找好物、照片、句子，拼音也行`} value={words} spellCheck={false} onChange={(event) => { setWords(event.currentTarget.value); setAt(0); }} onKeyDown={press} />
        {busy ? <i className="spin" aria-hidden="true" /> : <Kbd keys="Esc" />}
      </div>
      <ul id={id} role="listbox" ref={list} aria-label={t`结果`}>
        {shown.map((item, nth) => (
          <li key={item.id} id={`${id}-${nth}`} role="option" aria-selected={nth === at} onMouseMove={() => setAt(nth)} onClick={() => run(item)}>
            {item.picture ? <Picture src={item.picture} alt="" width={30} style={{ borderRadius: 6 }} /> : <Icon name={item.icon ?? "next"} />}
            <span className="cell">{item.title}</span>
            {item.note && <small>{item.note}</small>}
            {item.keys && <Kbd keys={item.keys} />}
          </li>
        ))}
        {!shown.length && !busy && <li className="none">{t`没找到。换个词，或者只打前两个字的拼音。`}</li>}
      </ul>
    </div>
  );
}
