import { t } from "@lingui/core/macro";
import { useEffect, useState } from "react";
import type { ReasonKind, ReviewRule } from "../ipc";
import { Button, Chip, formatNum, Loaded, Modal, say, SelectField, TagsField, TextField, Toggle, useKept } from "../kit";
import { useResetRule, useRules, useSetRule, useStill, useTried } from "./api";
import css from "./review.module.css";
import { Marked } from "./Voice";
import { kinds, kindWord, labelWord } from "./words";

const keyOf = (rule: Pick<ReviewRule, "kind" | "label">) => `${rule.kind}-${rule.label}`;
const fresh = (): ReviewRule => ({ kind: "bought_because", label: "", words: [], enabled: true, shipped: false, own: true });

/** The words that stand for reasons: the list on the left; one rule on the right, with what it finds in the reviews that are there as it is written. */
export function RulesDialog({ onClose }: { onClose: () => void }) {
  const rules = useRules(true);
  const [chosen, setChosen] = useState<string>();
  const [filled, setFilled] = useState(false);
  return (
    <Modal open onClose={onClose} kept={filled} title={t`认原因的词`} size={960}>
      <Loaded query={rules} shape="rows" empty={null}>
        {(all) => {
          const rule = (chosen === undefined ? all[0] : all.find((one) => keyOf(one) === chosen)) ?? fresh();
          return (
            <div className={css.rules}>
              <nav className={css.ruleList} aria-label={t`规则`}>
                <Button small icon="plus" onClick={() => setChosen(keyOf(fresh()))} data-testid="review-rule-new">{t`加一条`}</Button>
                {kinds.map((kind) => (
                  <div key={kind}>
                    <h3>{kindWord(kind)}</h3>
                    {all.filter((one) => one.kind === kind).map((one) => (
                      <button type="button" key={keyOf(one)} className={css.rule} aria-pressed={keyOf(one) === keyOf(rule)} onClick={() => setChosen(keyOf(one))}>
                        <span>{labelWord(one.kind, one.label)}</span>
                        {!one.enabled ? <small>{t`停用`}</small> : one.own && <small>{t`你改过`}</small>}
                      </button>
                    ))}
                  </div>
                ))}
              </nav>
              <Editor key={keyOf(rule)} rule={rule} known={all} onChosen={setChosen} onFilled={setFilled} />
            </div>
          );
        }}
      </Loaded>
    </Modal>
  );
}

type EditorProps = { rule: ReviewRule; known: ReviewRule[]; onChosen: (key: string | undefined) => void; onFilled: (filled: boolean) => void };

function Editor({ rule, known, onChosen, onFilled }: EditorProps) {
  const isNew = rule.label === "";
  const form = useKept<Partial<ReviewRule>>(`review.rule.${isNew ? "new" : keyOf(rule)}`, {});
  const input = { ...rule, ...form.value };
  useEffect(() => onFilled(form.filled), [form.filled]);
  const [wrong, setWrong] = useState<string>();
  const keep = useSetRule();
  const reset = useResetRule();
  const tried = useTried(input.kind, useStill(input.words));
  const put = (part: Partial<ReviewRule>) => { form.set((was) => ({ ...was, ...part })); setWrong(undefined); };
  const save = async (next = input) => {
    if (!next.label.trim()) return setWrong(t`给它起个名字。`);
    if (isNew && known.some((one) => keyOf(one) === keyOf({ ...next, label: next.label.trim() }))) return setWrong(t`已经有这个名字的规则了，在左边点开它改。`);
    try {
      await keep.mutateAsync(next);
      form.done();
      onChosen(keyOf({ ...next, label: next.label.trim() }));
      say.done(t`规则记下了。你自己说过的原因不会变。`);
    } catch (error) {
      say.failed(error);
    }
  };
  const back = async () => {
    try {
      await reset.mutateAsync(rule);
      form.done();
      if (!rule.shipped) onChosen(undefined);
      say.done(rule.shipped ? t`「${labelWord(rule.kind, rule.label)}」恢复了原来的词` : t`删掉了「${rule.label}」这条规则`, () => keep.mutateAsync(rule));
    } catch (error) {
      say.failed(error);
    }
  };
  const total = tried.data?.total ?? 0;
  return (
    <div className="pile" style={{ minWidth: 0 }}>
      {isNew
        ? <div className={css.two}>
          <SelectField label={t`说的是什么`} value={input.kind} onChange={(kind) => kind && put({ kind: kind as ReasonKind })} options={kinds.filter((kind) => kind !== "sensitivity").map((value) => ({ value, label: kindWord(value) }))} />
          <TextField label={t`叫什么`} value={input.label} onChange={(label) => put({ label })} error={wrong} placeholder={t`送人`} autoFocus data-testid="review-rule-label" />
        </div>
        : <h2 className={css.ruleName}>{labelWord(rule.kind, rule.label)} <small>{kindWord(rule.kind)}</small>{rule.own && rule.shipped && <Chip tone="sky">{t`你改过`}</Chip>}<span className="push"><Toggle label={t`用这条`} on={input.enabled} onChange={(enabled) => { put({ enabled }); void save({ ...input, enabled }); }} /></span></h2>}
      <TagsField label={t`读到这些词就算`} note={input.kind === "returned_because" ? t`只在说到退换的评价里找。* 代表同一小句里最多六个字；前面有「没、不」的不算。` : t`* 代表同一小句里最多六个字；前面有「没、不」的不算。`} value={input.words} onChange={(words) => put({ words })} data-testid="review-rule-words" />
      <div className={css.tried} tabIndex={0}>
        <b>{input.words.length === 0 ? t`写几个词，看看能读到什么` : total > 0 ? t`现在的评价里读到 ${formatNum(total)} 条` : t`现在的评价里没有读到`}</b>
        {tried.data?.reviews.slice(0, 30).map((one) => <p key={one.id}><Marked text={one.text} found={[{ kind: input.kind, label: input.label, hits: one.hits }]} /></p>)}
      </div>
      <div className="row">
        <Button kind="go" busy={keep.isPending} disabled={input.words.length === 0} onClick={() => void save()} data-testid="review-rule-save">{t`记下规则`}</Button>
        {rule.own && !isNew && <Button kind={rule.shipped ? "plain" : "danger"} busy={reset.isPending} onClick={() => void back()}>{rule.shipped ? t`恢复原来的词` : t`删掉这条规则`}</Button>}
      </div>
    </div>
  );
}
