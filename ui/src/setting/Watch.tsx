import { t } from "@lingui/core/macro";
import { type Source, type Watch, pickFolder, revealFile } from "../ipc";
import { Button, Card, Loaded, say, SelectField } from "../kit";
import { useProducts, useSetWatch, useWatch } from "./api";
import css from "./setting.module.css";

const sources = (): { value: Source; label: string }[] => [
  { value: "own", label: t`自拍` }, { value: "brand", label: t`品牌方` }, { value: "buyer", label: t`买家秀` }, { value: "screenshot", label: t`截图` },
];

/** 监看文件夹: what is new in it comes in by itself. Off until somebody chooses a folder. */
export function WatchCard() {
  const watch = useWatch();
  return (
    <Card title={t`监看一个文件夹`} note={t`手机同步、相机导出到那里的新照片，自己进素材`}>
      <Loaded query={watch} shape="rows">{(now) => <Choice watch={now} />}</Loaded>
    </Card>
  );
}

function Choice({ watch }: { watch: Watch | null }) {
  const set = useSetWatch();
  const products = useProducts(watch !== null);
  const change = (next: Watch | null) => set.mutate(next);
  const choose = async () => {
    const path = await pickFolder(t`选一个要监看的文件夹`);
    if (path) change({ product: null, source: "own", ...watch, path });
  };
  if (watch === null) return (
    <>
      <p className="muted">{t`现在没有监看。选一个文件夹，里面原有的和以后新放的照片、视频都会进素材；原文件夹一个字节都不动，从素材里删掉的也不会再自己回来。`}</p>
      <div className={css.acts}><Button icon="folder" busy={set.isPending} onClick={() => void choose()} data-testid="watch-choose">{t`选文件夹`}</Button></div>
    </>
  );
  return (
    <>
      <button type="button" className={css.path} onClick={() => void revealFile(watch.path).catch(say.failed)} title={t`在文件夹里看`}>{watch.path}</button>
      <div className={css.two}>
        <SelectField label={t`算谁拍的`} value={watch.source ?? "own"} onChange={(source) => source && change({ ...watch, source: source as Source })} options={sources()} />
        <SelectField label={t`都是这件好物的`} placeholder={t`先不归到好物`} clear search value={watch.product == null ? null : String(watch.product)}
          onChange={(id) => change({ ...watch, product: id ? Number(id) : null })} options={(products.data ?? []).map((one) => ({ value: String(one.id), label: one.name }))} />
      </div>
      <div className={css.acts}>
        <Button icon="folder" busy={set.isPending} onClick={() => void choose()} data-testid="watch-choose">{t`换一个`}</Button>
        <Button kind="quiet" busy={set.isPending} onClick={() => change(null)} data-testid="watch-stop">{t`不再监看`}</Button>
      </div>
    </>
  );
}
