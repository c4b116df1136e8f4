import { t } from "@lingui/core/macro";
import { useRef, useState } from "react";
import { Button, TextArea } from "../kit";
import css from "./order.module.css";

const begins = "-----BEGIN CERTIFICATE-----";

const textOf = (file: Blob) => new Promise<string>((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(String(reader.result));
  reader.onerror = () => failed(reader.error);
  reader.readAsText(file);
});

/** The certificate authority of a shop that has its own, as PEM text: pasted or from a file. Folded away, as nearly nobody needs it. */
export function Authority({ value, onChange, error }: { value: string; onChange: (pem: string) => void; error?: string }) {
  const file = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState("");
  const put = (pem: string) => { setWrong(""); onChange(pem); };
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    // A certificate is a few KB; whatever is large was picked by mistake.
    const text = chosen.size < 1_000_000 ? await textOf(chosen).catch(() => "") : "";
    if (text.includes(begins)) put(text.slice(text.indexOf(begins)).trim());
    else setWrong(t`「${chosen.name}」不是 PEM 证书，没有用它。要以 ${begins} 开头的那种，不要 DER 或 PFX。`);
  };
  return (
    <details className={css.more} open={error ? true : undefined}>
      <summary>{t`高级：店铺用自己的证书机构`}</summary>
      <TextArea label={t`CA 证书（PEM）`} rows={3} maxRows={6} value={value} onChange={put} error={wrong || error} placeholder={begins} data-testid="shop-ca"
        note={t`只有网站证书不是公共机构签的才要填，内网测试店常见。只用来连这一家店，别的连接不受影响。`} />
      <input ref={file} type="file" accept=".pem,.crt,.cer,.txt" hidden onChange={(event) => { void read(event.currentTarget.files?.[0]); event.currentTarget.value = ""; }} data-testid="shop-ca-file" />
      <div className="row"><Button small icon="folder" onClick={() => file.current?.click()}>{t`从文件选`}</Button>{value && <Button small kind="quiet" onClick={() => put("")}>{t`清掉`}</Button>}</div>
    </details>
  );
}
