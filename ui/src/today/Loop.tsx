import { t } from "@lingui/core/macro";
import { useRouter } from "@tanstack/react-router";
import { pickFolder, type Today } from "../ipc";
import { Button, Card, Drawing, type DrawingName, Icon } from "../kit";
import { useSample } from "../setting/api";
import css from "./today.module.css";

type Step = { drawing: DrawingName; name: string; what: string; act: string; path: string; done: boolean };

/** 好物 → 试用 → 内容 → 发布包 → 订单: five steps, those that are behind one ticked, the next one with the button. */
export function Loop({ day, tried }: { day: Today; tried: boolean }) {
  const router = useRouter();
  const steps: Step[] = [
    { drawing: "shelf", name: t`好物`, what: t`记下一件想试的东西：名字、价钱、适合谁`, act: t`放进一件好物`, path: "/product?add", done: day.products > 0 },
    { drawing: "flask", name: t`试用`, what: t`每天一句话、一张照片，缺点先说在前面`, act: t`开始试用`, path: "/trial", done: tried },
    { drawing: "page", name: t`内容`, what: t`把试用写成文，每句话都有据可查`, act: t`写第一篇`, path: "/post", done: day.posts > 0 },
    { drawing: "plane", name: t`发布包`, what: t`按平台排好图、字、话题，你亲手发出去`, act: t`去发布`, path: "/publication", done: day.publications > 0 },
    { drawing: "receipt", name: t`订单`, what: t`接上店铺，看哪篇带来了哪一单`, act: t`接上店铺`, path: "/order", done: false },
  ];
  const next = steps.findIndex((step) => !step.done);
  return (
    <Card actions={day.products === 0 && day.posts === 0 && day.photos === 0 ? <Sample /> : undefined} title={day.products === 0 ? t`从一件好物开始` : t`走到哪一步了`} note={t`有据 · 有度 · 有源`}>
      <ol className={css.loop}>
        {steps.map((step, nth) => (
          <li key={step.name} aria-current={nth === next ? "step" : undefined} data-done={step.done || undefined}>
            <Drawing name={step.drawing} />
            <b>{step.done && <Icon name="check" size={15} />}{step.name}{step.done && <span className="visually-hidden">{t`做到了`}</span>}</b>
            <p>{step.what}</p>
            {nth === next && <Button kind="go" small onClick={() => router.history.push(step.path)} data-testid="loop-next">{step.act}</Button>}
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** A workspace full of somebody's work, to look around in before there is any of one's own. */
function Sample() {
  const sample = useSample();
  const make = async () => {
    const folder = await pickFolder(t`选一个空文件夹，放样本`);
    if (folder) sample.mutate(folder);
  };
  return <Button small kind="quiet" icon="eye" busy={sample.isPending} onClick={() => void make()} data-testid="today-sample">{t`先看看做好的样本`}</Button>;
}
