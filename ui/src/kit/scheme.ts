const key = "scheme";

/** Light, dark or as the system, from outside a component: the window keeps it under this key and hears of a change as another window would tell it. */
export function setScheme(scheme: "auto" | "light" | "dark"): void {
  localStorage.setItem(key, scheme);
  dispatchEvent(new StorageEvent("storage", { key, newValue: scheme, storageArea: localStorage }));
}
