import { type Tone, same } from "./model";

const id = "retouch-tone";
const share = (value: number) => value / 100;

/** The way from the tone that is on screen to the one wanted, about as the core goes it: good enough while a slider moves. */
export const filterOf = (from: Tone, to: Tone) => {
  if (same(from, to)) return undefined;
  const contrast = 1 + 0.5 * share(to.contrast - from.contrast);
  const colour = Math.max(0, (1 + share(to.saturation)) / Math.max(0.05, 1 + share(from.saturation)));
  return `url(#${id}) contrast(${contrast.toFixed(3)}) saturate(${colour.toFixed(3)})`;
};

/** Light and white balance as one gain per channel in linear light. */
export function ToneFilter({ from, to }: { from: Tone; to: Tone }) {
  if (same(from, to)) return null;
  const light = 2 ** (2 * share(to.exposure - from.exposure));
  const [warm, tint] = [share(to.temperature - from.temperature), share(to.tint - from.tint)];
  const gains = [2 ** (0.45 * warm + 0.12 * tint), 2 ** (-0.3 * tint), 2 ** (-0.45 * warm + 0.12 * tint)] as const;
  const luminance = 0.2126 * gains[0] + 0.7152 * gains[1] + 0.0722 * gains[2];
  const [r, g, b] = gains.map((gain) => (light * gain) / luminance);
  const [bright, dark] = [share(to.highlights - from.highlights), share(to.shadows - from.shadows)];
  const curve = Array.from({ length: 17 }, (_, nth) => { const v = nth / 16; return Math.min(1, Math.max(0, v + 0.8 * bright * v * v * (1 - v) + 0.8 * dark * v * (1 - v) * (1 - v))).toFixed(3); }).join(" ");
  return (
    <svg width={0} height={0} aria-hidden="true" style={{ position: "absolute" }}>
      <filter id={id} colorInterpolationFilters="linearRGB">
        <feColorMatrix values={`${r} 0 0 0 0  0 ${g} 0 0 0  0 0 ${b} 0 0  0 0 0 1 0`} />
        <feComponentTransfer colorInterpolationFilters="sRGB"><feFuncR type="table" tableValues={curve} /><feFuncG type="table" tableValues={curve} /><feFuncB type="table" tableValues={curve} /></feComponentTransfer>
      </filter>
    </svg>
  );
}
