import { t } from "@lingui/core/macro";
import { useRouter } from "@tanstack/react-router";
import { photoUrl, type Today } from "../ipc";
import { Button, Card, Drawing, formatMoney, formatNum, Loaded, Page, Picture, useLocale, msToDay, useWidth, When } from "../kit";
import { orderPath } from "../order/address";
import { useMarkSeen, useRecentPhotos, useToday, useTrials } from "./api";
import { Loop } from "./Loop";
import { Todos } from "./Todos";
import { dayWords, greeting } from "./words";
import css from "./today.module.css";

/** 今日: what to do now, what came in since the last look, and the newest photos; for a beginner, the loop in five steps. */
export default function TodayPage() {
  const today = useToday();
  const { locale } = useLocale();
  const now = new Date();
  const waiting = today.data?.todos.length;
  return (
    <Page title={greeting(now.getHours())} name={t`今日`} sub={[dayWords(now.getTime(), locale), waiting === undefined ? "" : waiting ? t`${waiting} 件事等着你` : t`没有非做不可的事`].filter(Boolean).join(" · ")}>
      <Loaded query={today} shape="page">{(day) => <Day day={day} />}</Loaded>
    </Page>
  );
}

function Day({ day }: { day: Today }) {
  // Until something went out into the world, the loop shows where one stands.
  const learning = day.publications === 0;
  const news = day.new_orders > 0 || day.new_refunds > 0;
  return (
    <div className={css.day}>
      {learning && <Beginning day={day} />}
      {news && <News day={day} />}
      {day.todos.length > 0 ? <Todos todos={day.todos} /> : !learning && <Calm />}
      {day.photos > 0 && <Photos />}
    </div>
  );
}

/** The loop, with the trials asked for only while it is shown. */
function Beginning({ day }: { day: Today }) {
  const trials = useTrials();
  return <Loop day={day} tried={Boolean(trials.data?.length)} />;
}

function News({ day }: { day: Today }) {
  const router = useRouter();
  const seen = useMarkSeen();
  const look = () => { seen.mutate(); router.history.push(orderPath({ from: msToDay(Date.parse(day.since)) })); };
  return (
    <Card className={css.news}>
      <Drawing name="receipt" />
      <div>
        <p className={css.came}>
          {day.new_orders > 0 && <span>{t`新来 ${formatNum(day.new_orders)} 单`}<b className="num">{formatMoney(day.new_net, day.currency)}</b></span>}
          {day.new_refunds > 0 && <span className="bad">{t`退款 ${formatNum(day.new_refunds)} 笔`}</span>}
        </p>
        <small>{t`从上次看到现在`} · <When at={Date.parse(day.since)} form="ago" /></small>
      </div>
      <div className={css.acts}>
        <Button kind="quiet" busy={seen.isPending} onClick={() => seen.mutate()}>{t`知道了`}</Button>
        <Button onClick={look} data-testid="today-orders">{t`看看从哪来`}</Button>
      </div>
    </Card>
  );
}

const Calm = () => (
  <Card className={css.calm}><Drawing name="sun" /><div><b>{t`今天没有非做不可的事`}</b><p className="muted">{t`试用、草稿、发布和回执都齐了。想写新的，就从一件好物开始。`}</p></div></Card>
);

function Photos() {
  const router = useRouter();
  const photos = useRecentPhotos();
  const [box, width] = useWidth<HTMLDivElement>();
  const fit = Math.max(4, Math.floor((width + 8) / 140));
  return (
    <section className={css.photos} aria-label={t`最近的照片`}>
      <header><h2>{t`最近的照片`}</h2><Button small kind="quiet" onClick={() => router.history.push("/photo")}>{t`全部素材`}</Button></header>
      <div ref={box} className={css.film} style={{ gridTemplateColumns: `repeat(${fit}, minmax(0, 1fr))` }}>
        {photos.data
          ? photos.data.slice(0, fit).map((photo) => <Picture key={photo.id} src={photoUrl(photo.id, "thumb")} alt={photo.caption || t`照片 ${photo.id}`} focus={photo.focus_x === null || photo.focus_y === null ? undefined : { x: photo.focus_x, y: photo.focus_y }} onClick={() => router.history.push(`/photo?show=${photo.id}`)} />)
          : Array.from({ length: fit }, (_, nth) => <i key={nth} className="bone" style={{ aspectRatio: 3 / 4, borderRadius: 10 }} />)}
      </div>
    </section>
  );
}
