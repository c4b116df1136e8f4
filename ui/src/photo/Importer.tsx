import { t } from "@lingui/core/macro";
import { type ReactNode, useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type Imported, onFileDrag, type PhotoImport, pickFiles, pickFolder, pictures } from "../ipc";
import { Button, Lines, Modal, say } from "../kit";
import { useImportPhotos } from "./api";
import css from "./photo.module.css";

const nameOf = (path: string) => path.split(/[\\/]/).at(-1) ?? path;

function sentence({ imported, duplicates, cancelled, stopped, left }: Imported): string {
  const restored = duplicates.filter((one) => one.restored).length;
  const settled = duplicates.filter((one) => one.settled).length;
  const known = duplicates.length - restored - settled;
  const unlike = [...new Set(duplicates.flatMap((one) => one.kept || []))];
  const kept = imported.filter((photo) => photo.kind === "file").length;
  return [
    stopped?.message,
    cancelled ? t`停下了，已经进来的 ${imported.length} 张都留着。` : t`放进 ${imported.length} 张。`,
    stopped && left > 0 && t`还有 ${left} 个没放进来。`,
    kept > 0 && t`其中 ${kept} 个在这里还不能显示，已原样保存。`,
    known > 0 && t`${known} 张本来就有，没有重复放。`,
    restored > 0 && t`${restored} 张在回收站里，已经拿回来了。`,
    settled > 0 && t`${settled} 张你已经选了更好的一张，还在回收站里。`,
    ...unlike,
  ].filter(Boolean).join("");
}

/** Imports with files that could not be taken in, oldest first: they outlive the page that began them, until somebody has seen them. */
let unseen: readonly Imported[] = [];
const pages = new Set<() => void>();
const tell = (now: readonly Imported[]) => { unseen = now; pages.forEach((page) => page()); };
const follow = (page: () => void) => { pages.add(page); return () => void pages.delete(page); };
function refused(done: Imported) {
  if (pages.size === 0) say.failed(new Error(t`${sentence(done)}${done.rejected.length} 个文件没能放进来，回到素材看是哪些、为什么。`));
  tell([...unseen, done]);
}

/**
 * Takes photos in from the dialog, a folder or Finder/Explorer. `with` says what they are photos of; `onImported` gets what came in, with those that were
 * here already, and what `aim` said of the place it was dropped on (or `take` was told): each import keeps its own. Returns what starts it and the parts to put on the page (the
 * place to drop on, the list of what could not be read).
 */
export function useImporter({ with: about, where, aim, onImported }: { with: Omit<PhotoImport, "paths">; where: ReactNode; aim?: (x: number, y: number) => string | undefined; onImported?: (ids: number[], result: Imported, aimed?: string) => unknown }) {
  const bring = useImportPhotos();
  const [over, setOver] = useState(false);
  const [result] = useSyncExternalStore(follow, () => unseen);

  const take = useCallback(async (paths: string[], aimed?: string) => {
    if (paths.length === 0) return;
    try {
      const done = await bring.mutateAsync({ ...about, paths });
      await onImported?.([...done.imported.map((photo) => photo.id), ...done.duplicates.filter((one) => !one.settled).map((one) => one.id)], done, aimed);
      if (done.rejected.length > 0) refused(done);
      else if (done.stopped) say.failed(new Error(sentence(done)));
      else say.done(sentence(done));
    } catch (error) {
      say.failed(error);
    }
  }, [bring.mutateAsync, about, onImported]);

  const latest = useRef(take);
  latest.current = take;
  const aiming = useRef(aim);
  aiming.current = aim;
  useEffect(() => onFileDrag((drag) => {
    // A dialog over the page has its own business; what is dropped then is not meant for the wall.
    if (document.querySelector('[role="dialog"]')) return setOver(false);
    setOver(drag.type === "over");
    if (drag.type !== "drop") return;
    void latest.current(drag.paths, aiming.current?.(drag.x, drag.y));
  }), []);

  const failed = (error: unknown) => say.failed(error);
  return {
    busy: bring.isPending, take,
    fromFiles: () => void pickFiles(t`选照片`, pictures).then((paths) => take(paths)).catch(failed),
    fromFolder: () => void pickFolder(t`选一个文件夹，里面的照片都会放进来`).then((folder) => take(folder ? [folder] : [])).catch(failed),
    parts: (
      <>
        {over && <div className={css.drop} data-testid="photo-drop"><span>{t`松手就放进来`}<small>{where}</small></span></div>}
        <Rejected result={result} onClose={() => tell(unseen.slice(1))} />
      </>
    ),
  };
}

/** What could not be taken in, by reason; what came in stays. */
function Rejected({ result, onClose }: { result: Imported | undefined; onClose: () => void }) {
  const reasons = new Map<string, string[]>();
  for (const { path, reason } of result?.rejected ?? []) reasons.set(reason, [...(reasons.get(reason) ?? []), path]);
  return (
    <Modal open={result !== undefined} onClose={onClose} title={t`${result?.rejected.length ?? 0} 个文件没能放进来`} actions={<Button kind="go" onClick={onClose}>{t`知道了`}</Button>}>
      <p style={{ marginBottom: 10 }}>{result && sentence(result)}{t`原文件都没有动。`}</p>
      <div style={{ maxHeight: 340, overflow: "auto" }}>
        {[...reasons].map(([reason, paths]) => (
          <section key={reason} style={{ marginBottom: 12 }}>
            <b>{reason}</b> <small>{t`${paths.length} 个`}</small>
            <Lines of={paths.slice(0, 50).map((path) => ({ key: path, body: <span title={path}>{nameOf(path)}</span> }))} />
            {paths.length > 50 && <small>{t`还有 ${paths.length - 50} 个`}</small>}
          </section>
        ))}
      </div>
    </Modal>
  );
}
