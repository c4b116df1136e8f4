import { t } from "@lingui/core/macro";
import { Drawer, Segmented, Toggle } from "../kit";
import type { Draft } from "./writing";

/** What has to be said openly about a post. */
export function Declarations({ draft, open, onClose, onChange }: { draft: Draft; open: boolean; onClose: () => void; onChange: (patch: Partial<Draft>) => void }) {
  return (
    <Drawer open={open} onClose={onClose} title={t`发布前的声明`}>
      <div className="pile" style={{ gap: 22 }}>
        <div className="pile" style={{ gap: 8 }}>
          <b>{t`是不是广告`}</b>
          <Segmented label={t`是不是广告`} value={draft.commercial} onChange={(commercial) => onChange({ commercial })} options={[{ value: "auto", label: t`按事实判断` }, { value: "yes", label: t`是` }, { value: "no", label: t`不是` }]} />
          <p className="muted">{t`按事实判断：寄样、赠送或带了购买链接，就在显著位置标「广告」。`}</p>
        </div>
        <Toggle label={t`有 AI 生成的内容`} note={t`打包时提醒你在平台上勾选 AI 声明。`} on={draft.ai_generated} onChange={(on) => onChange({ ai_generated: on })} />
        <Toggle label={t`原创`} note={t`文字和照片都是自己的。`} on={draft.original} onChange={(on) => onChange({ original: on })} />
        <Toggle label={t`有演绎的成分`} note={t`情节是演的，要让人看得出来。`} on={draft.fictional} onChange={(on) => onChange({ fictional: on })} />
      </div>
    </Drawer>
  );
}
