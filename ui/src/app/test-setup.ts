import { i18n } from "@lingui/core";
import { configure } from "@testing-library/react";

// A busy machine is slow, not wrong: what comes may take its time.
configure({ asyncUtilTimeout: 20_000 });

i18n.loadAndActivate({ locale: "zh-CN", messages: {} });

// jsdom lacks these, Mantine asks for them.
window.matchMedia ??= (query) => ({ matches: false, media: query, onchange: null, addEventListener() {}, removeEventListener() {}, addListener() {}, removeListener() {}, dispatchEvent: () => false });
window.ResizeObserver ??= class { observe() {} unobserve() {} disconnect() {} };
Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
