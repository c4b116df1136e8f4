import { t } from "@lingui/core/macro";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { photoUrl, type Todo } from "../ipc";
import { Button, Chip, Picture } from "../kit";
import { ask } from "./words";
import css from "./today.module.css";

/** How many cards stand there before one asks for the rest. */
const first = 12;

/** What waits, each with its picture and the one thing to do about it. */
export function Todos({ todos }: { todos: Todo[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? todos : todos.slice(0, first);
  return (
    <section aria-label={t`等着你的事`}>
      <ul className={css.todos}>{shown.map((todo) => <Card key={`${todo.kind} ${todo.id}`} todo={todo} />)}</ul>
      {shown.length < todos.length && <Button kind="quiet" onClick={() => setAll(true)}>{t`还有 ${todos.length - shown.length} 件`}</Button>}
    </section>
  );
}

function Card({ todo }: { todo: Todo }) {
  const router = useRouter();
  const { kind, tone, why, act, path } = ask(todo);
  const title = todo.title || t`还没有标题`;
  return (
    <li className={`card ${css.todo}`}>
      <Picture src={todo.cover === null ? null : photoUrl(todo.cover, "thumb")} alt="" width={96} style={{ borderRadius: "11px 0 0 11px" }} />
      <div>
        <Chip tone={tone}>{kind}</Chip>
        <b>{title}</b>
        <p>{why}</p>
        <Button small onClick={() => router.history.push(path)} aria-label={`${act}：${title}`}>{act}</Button>
      </div>
    </li>
  );
}
