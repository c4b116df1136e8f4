import type { ReactNode } from "react";

const signs: Record<string, string> = { CNY: "¥", USD: "$", EUR: "€", GBP: "£", JPY: "JP¥", HKD: "HK$", TWD: "NT$", KRW: "₩" };
const noCents = new Set(["JPY", "KRW", "VND"]);
const thin = "\u202f";

/** How many minor units make one of a currency as it is written: 100 分, 1 yen. */
export const minorUnits = (currency = "CNY") => (noCents.has(currency) ? 1 : 100);
/** The sign of a currency, or its letters. */
export const moneySign = (currency = "CNY") => signs[currency] ?? currency;

/** Minor units as people read them: (593400, "CNY") → "¥ 5,934", with cents only when there are some; the sign stands before ¥. */
export function formatMoney(minor: number, currency = "CNY", options: { plus?: boolean; cents?: boolean } = {}): string {
  const digits = noCents.has(currency) ? 0 : 2;
  const scale = 10 ** digits;
  const whole = Math.trunc(Math.abs(minor) / scale);
  const rest = Math.abs(minor) % scale;
  const cents = digits && (options.cents || rest) ? `.${String(rest).padStart(digits, "0")}` : "";
  const sign = minor < 0 ? "−" : options.plus && minor > 0 ? "+" : "";
  return `${sign}${signs[currency] ?? currency}${thin}${whole.toLocaleString("en-US")}${cents}`;
}

/** A number with thousands separators and a true minus; `digits` are decimals, `unit` follows after a narrow space that never breaks. */
export function formatNum(value: number, options: { digits?: number; plus?: boolean; unit?: string } = {}): string {
  const text = Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: options.digits ?? 0, maximumFractionDigits: options.digits ?? 2 });
  const sign = value < 0 ? "−" : options.plus && value > 0 ? "+" : "";
  return `${sign}${text}${options.unit ? thin + options.unit : ""}`;
}

/** A ratio as a percentage with one decimal: 0.043 → "4.3 %". What is neither nothing nor the whole is never rounded to it: 0.0004 → "<0.1 %". */
export function formatPercent(ratio: number, digits = 1): string {
  const least = 1 / 10 ** digits;
  const share = Math.abs(ratio) * 100;
  if (share > 0 && share < least / 2) return `${ratio < 0 ? "−" : ""}<${formatNum(least, { digits, unit: "%" })}`;
  if (share < 100 && share >= 100 - least / 2) return `${ratio < 0 ? "−" : ""}>${formatNum(100 - least, { digits, unit: "%" })}`;
  return formatNum(ratio * 100, { digits, unit: "%" });
}

/** Bytes as people read them: 1536 → "1.5 KB". */
export function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  return formatNum(bytes / 1024 ** step, { digits: step && bytes / 1024 ** step < 10 ? 1 : 0, unit: units[step] });
}

const Figure = ({ children, tone }: { children: ReactNode; tone?: string }) => <span className={`num ${tone ?? ""}`}>{children}</span>;

/** Money in integer minor units (分); `tone` colours a loss. */
export function Money({ minor, currency, plus, cents, tone }: { minor: number; currency?: string; plus?: boolean; cents?: boolean; tone?: "good" | "bad" | "muted" }) {
  return <Figure tone={tone}>{formatMoney(minor, currency, { plus, cents })}</Figure>;
}

/** A number in tabular figures. */
export function Num({ value, digits, plus, unit, tone }: { value: number; digits?: number; plus?: boolean; unit?: string; tone?: "good" | "bad" | "muted" }) {
  return <Figure tone={tone}>{formatNum(value, { digits, plus, unit })}</Figure>;
}
