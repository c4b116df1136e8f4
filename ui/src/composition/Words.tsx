import { t } from "@lingui/core/macro";
import type { CompositionKind } from "../ipc";
import { TextArea, TextField } from "../kit";
import css from "./composition.module.css";
import type { Doc } from "./doc";

/** The words of the picture. */
export function Words({ doc, kind, onDoc }: { doc: Doc; kind: CompositionKind; onDoc: (part: Partial<Doc>, sort: string) => void }) {
  const set = (field: "title" | "subtitle" | "body" | "footer") => (text: string) => onDoc({ [field]: text }, field);
  return (
    <div className={css.group}>
      {kind === "cover" ? <TextArea label={t`标题`} value={doc.title} onChange={set("title")} rows={2} placeholder={t`最想让人看到的一句`} data-testid="composition-title" />
        : <TextField label={t`标题`} value={doc.title} onChange={set("title")} placeholder={t`可以不写`} data-testid="composition-title" />}
      {(kind !== "grid" || doc.title || doc.subtitle) && <TextField label={t`小字`} value={doc.subtitle} onChange={set("subtitle")} placeholder={t`可以不写`} />}
      {kind === "card" && <TextArea label={t`正文`} note={t`# 标题，**粗体**，- 列表，> 引用；长了会自动分页`} value={doc.body} onChange={set("body")} rows={10} maxRows={22} data-testid="composition-body" />}
      {(kind === "card" || kind === "long") && <TextField label={t`落款`} value={doc.footer} onChange={set("footer")} placeholder={t`例如你的名字`} />}
    </div>
  );
}
