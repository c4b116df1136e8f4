import { t } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useMemo, useState } from "react";
import { photoUrl, type Publication } from "../ipc";
import { Card, IconButton, msToDay, Picture } from "../kit";
import css from "./publication.module.css";
import { weeks } from "./ready";

/** A month of what went out where; a full day is easy to see, an empty one too. */
export function Calendar({ publications, onOpen }: { publications: readonly Publication[]; onOpen: (id: number) => void }) {
  const { i18n } = useLingui();
  const today = msToDay(Date.now());
  const [at, setAt] = useState(() => new Date(new Date().getFullYear(), new Date().getMonth(), 1));
  const byDay = useMemo(() => group(publications), [publications]);
  const month = String(at.getMonth() + 1).padStart(2, "0");
  const inMonth = (day: string) => day.startsWith(`${at.getFullYear()}-${month}`);
  const rows = weeks(at.getFullYear(), at.getMonth());
  const count = rows.flat().filter(inMonth).reduce((sum, day) => sum + (byDay.get(day)?.length ?? 0), 0);
  const name = new Intl.DateTimeFormat(i18n.locale, { year: "numeric", month: "long" }).format(at);
  const weekdays = rows[0]?.map((day) => new Intl.DateTimeFormat(i18n.locale, { weekday: "narrow" }).format(new Date(`${day}T12:00`))) ?? [];
  const turn = (by: number) => setAt(new Date(at.getFullYear(), at.getMonth() + by, 1));
  return (
    <Card className={css.calendar} title={name} note={t`发了 ${count} 次`} actions={<><IconButton small label={t`上个月`} icon="back" onClick={() => turn(-1)} /><IconButton small label={t`下个月`} icon="next" onClick={() => turn(1)} /></>}>
      <div className={css.month} role="table" aria-label={name}>
        <div role="row" className={css.week}>{rows[0]?.map((day, nth) => <div key={day} role="columnheader" className={css.weekday} aria-label={new Intl.DateTimeFormat(i18n.locale, { weekday: "long" }).format(new Date(`${day}T12:00`))}>{weekdays[nth]}</div>)}</div>
        {rows.map((week) => (
        <div role="row" className={css.week} key={week[0]}>
        {week.map((day) => {
          const out = byDay.get(day) ?? [];
          return (
            <div key={day} role="cell" className={css.date} data-else={!inMonth(day) || undefined} data-today={day === today || undefined} data-full={out.length > 2 || undefined}>
              <span className="num">{Number(day.slice(8))}</span>
              <div>
                {out.slice(0, out.length > 2 ? 1 : 2).map((one) => (
                  <button type="button" key={one.id} onClick={() => onOpen(one.id)} title={`${one.post_title || t`还没有标题`} · ${one.channel_name}`} aria-label={`${one.post_title || t`还没有标题`} · ${one.channel_name}`}>
                    <Picture src={one.cover === null ? null : photoUrl(one.cover, "thumb")} alt="" width={24} style={{ borderRadius: 5 }} />
                  </button>
                ))}
                {out.length > 2 && <small>+{out.length - 1}</small>}
              </div>
            </div>
          );
        })}
        </div>
        ))}
      </div>
    </Card>
  );
}

/** By local day. `Map.groupBy` is younger than the oldest window we run in. */
function group(publications: readonly Publication[]): Map<string, Publication[]> {
  const days = new Map<string, Publication[]>();
  for (const one of publications) {
    const day = msToDay(Date.parse(one.at));
    const list = days.get(day);
    if (list) list.push(one); else days.set(day, [one]);
  }
  return days;
}
