import { t } from "@lingui/core/macro";
import { useState } from "react";
import type { Limit, Rules } from "../ipc";
import { Button, Card, Chip, formatNum, Modal, NumberField, say, TextArea, useKept } from "../kit";
import { useOverride } from "./api";
import css from "./setting.module.css";
import { Sources } from "./Sources";
import { countingWords, fieldWords, isStale } from "./words";

/** The limits of a platform as they are in force: the figure, how hard it is, where it is from, when it was checked; each can be overruled with a reason. */
export function RuleTable({ pack, shipped }: { pack: Rules; shipped?: Rules }) {
  const [changing, setChanging] = useState<Limit>();
  const override = useOverride();
  const takeBack = (limit: Limit) => override.mutate({ platform: pack.platform, rule: limit.rule, value: null }, {
    onSuccess: () => say.done(t`已用回资料里的数字`, () => override.mutateAsync({ platform: pack.platform, rule: limit.rule, value: String(limit.max), reason: t`撤销「用回原来的」` })),
    onError: (error) => say.failed(error),
  });
  const warns = pack.limits.some((limit) => limit.warn !== null);
  return (
    <Card title={t`${pack.name}的规矩`} note={pack.content_type}>
      {pack.limits.length === 0 && <p className="muted">{t`这里没有字数和张数的限制。`}</p>}
      {pack.limits.length > 0 && (
        <table className={css.rules}>
          <thead><tr><th>{t`项目`}</th>{warns && <th className={css.figure}>{t`提醒`}</th>}<th className={css.figure}>{t`上限`}</th><th>{t`到了上限`}</th><th>{t`出处`}</th><th>{t`核对于`}</th><th><span className="visually-hidden">{t`改`}</span></th></tr></thead>
          <tbody>
            {pack.limits.map((limit) => (
              <tr key={limit.rule}>
                <th scope="row">{fieldWords(limit.field)}<small>{[countingWords(limit.counting), limit.note].filter(Boolean).join(t`；`)}</small></th>
                {warns && <td className={css.figure}>{limit.warn === null ? "–" : formatNum(limit.warn)}</td>}
                <td className={css.figure}><b>{limit.max === null ? "–" : formatNum(limit.max, { unit: limit.unit })}</b>{limit.min ? <small>{t`至少 ${limit.min}`}</small> : null}</td>
                <td>{limit.overridden ? <Chip tone="sky">{t`按你的数字`}</Chip> : limit.hard ? <Chip tone="sprout">{t`拦下`}</Chip> : <Chip tone="amber">{t`未核实，只提醒`}</Chip>}</td>
                <td className={css.source}><Sources of={[limit.source, ...(limit.alternatives ?? []).map((other) => t`另有说法 ${other}`)]} about={fieldWords(limit.field)} /></td>
                <td className={css.checked}>{limit.checked_on}{isStale(limit.checked_on) && <Chip tone="amber">{t`过期 90 天`}</Chip>}</td>
                <td className={css.end}>
                  {limit.overridden && <Button small kind="quiet" onClick={() => takeBack(limit)}>{t`用回原来的`}</Button>}
                  <Button small kind="quiet" icon="edit" aria-label={t`改${fieldWords(limit.field)}的上限`} onClick={() => setChanging(limit)}>{t`改`}</Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {pack.note && <p className={css.note}>{pack.note}</p>}
      {changing && <Overrule pack={pack} limit={changing} was={shipped?.limits.find((one) => one.rule === changing.rule)} onClose={() => setChanging(undefined)} />}
    </Card>
  );
}

/** Setting one's own figure; the reason is kept beside it. */
function Overrule({ pack, limit, was, onClose }: { pack: Rules; limit: Limit; was?: Limit; onClose: () => void }) {
  const override = useOverride();
  const form = useKept(`rule.${limit.rule}`, { figure: limit.max, reason: "" });
  const { figure, reason } = form.value;
  const save = () => figure !== null && override.mutate({ platform: pack.platform, rule: limit.rule, value: String(figure), reason }, { onSuccess: () => { form.done(); onClose(); } });
  return (
    <Modal open onClose={onClose} kept={form.filled} title={t`${pack.name} · ${fieldWords(limit.field)}的上限`} actions={<Button kind="go" disabled={figure === null || !reason.trim()} busy={override.isPending} onClick={save}>{t`用这个数字`}</Button>}>
      <div className="pile">
        <NumberField label={t`上限`} unit={limit.unit} min={0} value={figure} onChange={(next) => form.set((was) => ({ ...was, figure: next }))} error={override.error?.message} note={was?.max != null ? t`资料里是 ${was.max} ${was.unit}` : undefined} />
        <TextArea label={t`为什么`} placeholder={t`比如：今天手机上亲手试过，能发 1,200 字`} value={reason} onChange={(next) => form.set((was) => ({ ...was, reason: next }))} note={t`会和数字一起留着，以后想得起来`} />
      </div>
    </Modal>
  );
}
