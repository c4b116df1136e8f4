import { t } from "@lingui/core/macro";
import type { Photo } from "../ipc";
import { Drawer, EmptyState, Loaded, When } from "../kit";
import { useDrawn, useVersions } from "./api";
import { type Edits, full } from "./model";
import css from "./retouch.module.css";

const shown = 30;

/** What was kept before; a click takes one of them up again as the newest step. */
export function Past({ photo, channel, onClose, onTake }: { photo: Photo; channel: number | null; onClose: () => void; onTake: (edits: Edits) => void }) {
  const versions = useVersions(photo.id, channel, true);
  return (
    <Drawer open onClose={onClose} title={t`以前的样子`}>
      <Loaded query={versions} shape="rows" empty={<EmptyState drawing="photos" title={t`还没有以前`}>{t`每存一次就多一个样子，随时能回来。`}</EmptyState>}>
        {(all) => (
          <ul className={css.past}>
            {all.slice(0, shown).map((one) => (
              <li key={one.id}>
                <button type="button" onClick={() => { onTake(full(one.edits)); onClose(); }}><Small photo={photo.id} edits={full(one.edits)} /><When at={Date.parse(one.edited_at)} form="full" /></button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Drawer>
  );
}

function Small({ photo, edits }: { photo: number; edits: Edits }) {
  const { drawn } = useDrawn(photo, edits, 240);
  return drawn ? <img src={drawn.url} alt="" /> : <i />;
}
