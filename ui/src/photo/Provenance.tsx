import { t } from "@lingui/core/macro";
import { type Provenance as Found, photoUrl, type Scope, type Side } from "../ipc";
import { Button, Chip, formatNum, Icon, type IconName, Picture, say, type Tone } from "../kit";
import { claim, useDoubts, useProvenance } from "./twins";
import css from "./twins.module.css";

const icons: Record<Side, IconName> = { strong: "warn", weak: "info", for: "check" };
const sideWord = (side: Side) => ({ strong: t`不算的理由`, weak: t`疑点`, for: t`能证明的` })[side];

/** In one word: does it count as the creator's own. */
function standing(found: Found): { tone: Tone; word: string } {
  if (found.doubtful) return { tone: "amber", word: t`有疑点，先不算自拍` };
  if (!found.counted_own) return { tone: "plain", word: t`不算自拍` };
  return found.said_mine && found.reasons.some((reason) => reason.side !== "for") ? { tone: "sky", word: t`按你的话，算自拍` } : { tone: "sprout", word: t`算自拍` };
}

/** Why a photo is or is not counted as the creator's own, and where they answer. */
export function Provenance({ id }: { id: number }) {
  const found = useProvenance(id).data;
  if (!found) return null;
  const { tone, word } = standing(found);
  const theirs = found.reasons.some((reason) => reason.kind === "filed" || reason.kind === "made");
  const answer = async (mine: boolean) => {
    try { await claim([id], mine); say.done(mine ? t`记下了：这是你拍的` : t`收回了`, () => claim([id], !mine)); } catch (error) { say.failed(error); }
  };
  return (
    <section className={css.origin} aria-label={t`算不算自拍`}>
      <header><Chip tone={tone}>{word}</Chip></header>
      <ul>
        {found.reasons.map((reason) => (
          <li key={`${reason.kind}${reason.photo ?? ""}`} className={css[reason.side]}>
            <span role="img" aria-label={sideWord(reason.side)} style={{ display: "contents" }}><Icon name={icons[reason.side]} size={15} /></span>
            <span>{reason.text}</span>
            {reason.photo !== null && <Picture src={photoUrl(reason.photo, "thumb")} alt={t`照片 ${reason.photo}`} width={44} ratio={1} />}
          </li>
        ))}
      </ul>
      {!theirs && (found.said_mine
        ? <div><Button small kind="quiet" onClick={() => void answer(false)}>{t`收回「这是我拍的」`}</Button></div>
        : found.reasons.some((reason) => reason.side !== "for") && <div><Button small onClick={() => void answer(true)} data-testid="photo-mine">{t`这是我拍的`}</Button></div>)}
    </section>
  );
}

/** How many photos of a product, a trial or the library count as own; doubts stand beside the figure, never inside it. */
export function OwnCount({ scope }: { scope: Scope }) {
  const found = useDoubts(scope).data;
  if (!found) return null;
  const [own, words, doubts] = [formatNum(found.own), formatNum(found.by_word), found.doubtful.length];
  const why = found.doubtful.slice(0, 3).map((one) => t`照片 ${one.photo}：${one.reasons[0]?.text ?? ""}`).join("\n");
  return (
    <span className="row" style={{ gap: 8 }}>
      <span>{found.by_word ? t`自拍 ${own} 张，其中 ${words} 张只凭你的话` : t`自拍 ${own} 张`}</span>
      {doubts > 0 && <Chip tone="amber" title={why}>{t`${formatNum(doubts)} 张有疑点`}</Chip>}
      {found.left > 0 && <Chip title={t`正在和品牌方、买家的图比对，比对完之前这里的数还会变`}>{t`还有 ${formatNum(found.left)} 张没比对`}</Chip>}
    </span>
  );
}
