import { t } from "@lingui/core/macro";
import { useDebouncedValue } from "@mantine/hooks";
import type { CompositionKind, CompositionTemplate } from "../ipc";
import { Segmented, useLocale } from "../kit";
import { usePreview } from "./api";
import css from "./composition.module.css";
import { type Doc, fitting, photosOf, ratios, withKind, withTemplate } from "./doc";
import { kinds, kindWord } from "./words";

type Props = { doc: Doc; kind: CompositionKind; templates: CompositionTemplate[]; onDoc: (next: (doc: Doc) => Doc) => void };

/** What sort of picture, and in which layout: every layout is shown with the creator's own photos. */
export function Templates({ doc, kind, templates, onDoc }: Props) {
  const [slow] = useDebouncedValue(doc, 350);
  const some = fitting(kind, photosOf(doc).length, templates);
  return (
    <div className={css.group}>
      <Segmented label={t`拼成什么`} value={kind} onChange={(next) => onDoc((was) => withKind(was, next, templates))} options={kinds.map((value) => ({ value, label: kindWord(value) }))} />
      <div className={css.templates} role="radiogroup" aria-label={t`版式`}>
        {some.map((template) => <Choice key={template.id} template={template} doc={slow} on={template.id === doc.template} onChoose={() => onDoc((was) => withTemplate(was, template))} />)}
      </div>
    </div>
  );
}

function Choice({ template, doc, on, onChoose }: { template: CompositionTemplate; doc: Doc; on: boolean; onChoose: () => void }) {
  const { locale } = useLocale();
  const shown = usePreview(withTemplate(doc, template), 0, 180);
  const name = locale === "en" ? template.english : template.name;
  return (
    <button type="button" role="radio" aria-checked={on} className={css.choice} onClick={onChoose} title={name} data-testid={`composition-template-${template.id}`}>
      <span className={css.sample} style={{ aspectRatio: template.kind === "long" ? 3 / 4 : ratios[doc.ratio] }}>{shown.data && <img src={shown.data.picture} alt="" draggable={false} />}</span>
      <small>{name}</small>
    </button>
  );
}
