import { t } from "@lingui/core/macro";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { photoUrl, type Todo, type Trial } from "../ipc";
import { Button, Chip, contextMenu, dayToMs, EmptyState, formatSpan, Loaded, type MenuEntry, msToDay, Page, Picture, useAsked } from "../kit";
import { useMissing, useTrialProducts, useTrials } from "./api";
import { daysWithout, lastDay, nthDay, says } from "./days";
import { StartTrial } from "./StartTrial";
import css from "./trial.module.css";
import { verdictTone, verdictWord, wayWord } from "./words";

/** 试用: what is being tried now, what is waiting for a word, and what came out of the rest. */
export default function TrialPage() {
  const trials = useTrials();
  const [starting, setStarting] = useState(false);
  useAsked("start", () => setStarting(true));
  const [shown, setShown] = useState(60);
  const products = useTrialProducts().data;
  const covers = useMemo(() => new Map(products?.map((product) => [product.id, product.cover])), [products]);
  const waiting = useMissing().data;
  const missed = useMemo(() => new Map(waiting?.map((todo) => [todo.id, todo])), [waiting]);
  const today = msToDay(Date.now());
  const all = trials.data ?? [];
  const open = all.filter((trial) => !trial.finished_on).toSorted((a, b) => daysWithout(b, today) - daysWithout(a, today));
  const done = all.filter((trial) => trial.finished_on);
  const start = <Button kind="go" icon="plus" onClick={() => setStarting(true)} data-testid="trial-start">{t`开始试用`}</Button>;
  return (
    <Page title={t`试用`} sub={trials.data && t`${open.length} 次进行中 · ${done.length} 次有了结论`} actions={start}>
      <Loaded query={trials} shape="cards" empty={<EmptyState drawing="flask" title={t`还没有开始试用`} actions={<Button kind="go" icon="plus" onClick={() => setStarting(true)}>{t`开始第一次`}</Button>}>{t`从好物里挑一个，每天一句话、一张照片，就是以后写作的底气。`}</EmptyState>}>
        {() => (
          <>
            <h2 className={css.head}>{t`进行中`}</h2>
            {open.length === 0 && <p className="muted" style={{ marginBottom: 24 }}>{t`现在没有在试的东西。`}</p>}
            <div className={css.cards}>{open.map((trial) => <One key={trial.id} trial={trial} cover={covers.get(trial.product)} waits={missed.get(trial.id)} today={today} />)}</div>
            {done.length > 0 && <h2 className={css.head}>{t`有了结论`}</h2>}
            <div className={css.cards}>{done.slice(0, shown).map((trial) => <One key={trial.id} trial={trial} cover={covers.get(trial.product)} today={today} />)}</div>
            {done.length > shown && <Button onClick={() => setShown(shown + 200)}>{t`再看一些`}</Button>}
          </>
        )}
      </Loaded>
      <StartTrial open={starting} onClose={() => setStarting(false)} />
    </Page>
  );
}

function One({ trial, cover, waits, today }: { trial: Trial; cover?: number | null; waits?: Todo; today: string }) {
  const go = useNavigate();
  const photo = trial.days.findLast((day) => day.photos.length > 0)?.photos.at(-1) ?? cover ?? null;
  const last = trial.days.findLast((day) => day.text);
  const missing = waits?.missing.length ?? 0;
  const days = nthDay(trial, lastDay(trial, today));
  const note = trial.finished_on ? trial.verdict_text : last?.text;
  const open = () => void go({ to: "/trial/$id", params: { id: String(trial.id) } });
  const menu: MenuEntry[] = [
    { label: t`打开`, icon: "open", onClick: open },
    { label: trial.verdict ? t`改结论` : t`下结论`, icon: "check", onClick: () => void go({ to: "/trial/$id", params: { id: String(trial.id) }, search: { finish: true } as never }) },
    { label: t`看好物`, icon: "product", onClick: () => void go({ to: "/product/$id", params: { id: String(trial.product) } }) },
  ];
  const now = trial.days.some((day) => day.on === today && says(day));
  return (
    <button type="button" className={`card ${css.card}`} onClick={open} {...contextMenu(trial.product_name, () => menu)}>
      <Picture src={photo === null ? null : photoUrl(photo, "thumb")} alt="" />
      <span style={{ minWidth: 0 }}>
        <b>{trial.product_name}</b>
        <span className={css.day}>{trial.finished_on ? t`${days} 天` : t`第 ${days} 天`}<small>{trial.finished_on ? formatSpan(dayToMs(trial.started_on), dayToMs(trial.finished_on)) : wayWord(trial.acquired)}</small></span>
        <span className={css.note}>{note || t`还没写过一句。`}</span>
        <span className={css.chips}>
          {trial.verdict && <Chip tone={verdictTone[trial.verdict]}>{verdictWord(trial.verdict)}</Chip>}
          {!trial.finished_on && (now ? <Chip tone="sprout" icon="check">{t`今天记了`}</Chip> : waits?.kind === "trial_end" ? <Chip tone="amber" icon="check">{t`该下结论了`}</Chip> : missing > 0 ? <Chip tone="amber" icon="clock">{t`${missing} 天该记没记`}</Chip> : <Chip>{t`今天还没记`}</Chip>)}
          <Chip tone={trial.shortcomings.length ? "plain" : "amber"}>{trial.shortcomings.length ? t`${trial.shortcomings.length} 条缺点` : t`还没写缺点`}</Chip>
        </span>
      </span>
    </button>
  );
}
