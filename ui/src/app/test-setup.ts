import { i18n } from "@lingui/core";

i18n.loadAndActivate({ locale: "zh-CN", messages: {} });

// jsdom lacks these, Mantine asks for them.
window.matchMedia ??= (query) => ({ matches: false, media: query, onchange: null, addEventListener() {}, removeEventListener() {}, addListener() {}, removeListener() {}, dispatchEvent: () => false });
window.ResizeObserver ??= class { observe() {} unobserve() {} disconnect() {} };
Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
