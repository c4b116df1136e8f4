import { t } from "@lingui/core/macro";
import { useMemo, useState } from "react";
import type { PhotoFilter } from "../ipc";
import { Button, EmptyState, FilterChip, Loaded, Modal } from "../kit";
import { useWall } from "./api";
import { without } from "./layout";
import { useSelection } from "./selection";
import { Wall } from "./Wall";

const nobody: readonly number[] = [];

/** Picks pictures from the library; begins with those of `product`. Those in `except`, clips and kept files are not offered. */
export function PhotoPicker({ open, onClose, title, yes, product, except = [], onYes }: { open: boolean; onClose: () => void; title: string; yes: string; product?: number; except?: readonly number[]; onYes: (ids: number[]) => void }) {
  return (
    <Modal open={open} onClose={onClose} title={title} size="min(980px, 92vw)">
      {open && <Inside product={product} except={except} yes={yes} onYes={(ids) => { onYes(ids); onClose(); }} />}
    </Modal>
  );
}

function Inside({ product, except, yes, onYes }: { product?: number; except: readonly number[]; yes: string; onYes: (ids: number[]) => void }) {
  const [filter, setFilter] = useState<PhotoFilter>({ product, kind: "picture" });
  const wall = useWall(filter);
  const index = useMemo(() => wall.data && without(wall.data, except), [wall.data, except]);
  const selection = useSelection(index?.ids ?? nobody, true);
  // Picking for something: a plain click adds, as there is nothing else it could mean here.
  const adding = { ...selection, click: (nth: number, keys: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) => (keys.shiftKey ? selection.click(nth, keys) : selection.toggle(nth)) };
  const count = selection.picked.size;
  const away = useMemo(() => { const there = new Set(index?.ids); return [...selection.picked].filter((id) => !there.has(id)).length; }, [index?.ids, selection.picked]);
  return (
    <div style={{ display: "flex", flexDirection: "column", height: "min(68vh, 760px)" }}>
      <div className="row" style={{ marginBottom: 8 }}>
        {product !== undefined && <FilterChip on={filter.product === product} onChange={(on) => setFilter((was) => ({ ...was, product: on ? product : null }))}>{t`只看这件好物的`}</FilterChip>}
        <FilterChip on={filter.source === "own"} onChange={(on) => setFilter((was) => ({ ...was, source: on ? "own" : null }))}>{t`自拍`}</FilterChip>
        <FilterChip on={Boolean(filter.unused)} onChange={(unused) => setFilter((was) => ({ ...was, unused }))}>{t`没用过`}</FilterChip>
        <FilterChip on={Boolean(filter.min_rating)} onChange={(on) => setFilter((was) => ({ ...was, min_rating: on ? 4 : 0 }))}>{t`★ 4 以上`}</FilterChip>
      </div>
      <Loaded query={{ data: index, error: wall.error, isPending: wall.isPending, refetch: wall.refetch }} isEmpty={(data) => data.ids.length === 0} shape="wall" empty={<EmptyState drawing="photos" title={t`没有这样的照片`}>{t`放宽一点，或者导入一些。`}</EmptyState>}>
        {(data) => <Wall wall={data} selection={adding} onOpen={selection.toggle} min={120} />}
      </Loaded>
      <div className="sheet-acts">{away > 0 && <small role="status">{t`选好的里有 ${away} 张现在没显示，也算在内`}</small>}<Button kind="go" disabled={count === 0} onClick={() => onYes([...selection.picked])} data-testid="photo-picked">{count ? `${yes} · ${t`${count} 张`}` : yes}</Button></div>
    </div>
  );
}
