/** The only door to the desktop window: nothing outside this folder imports @tauri-apps. Generated commands are in ./commands. */
export * from "./changes";
export * from "./commands";
export * from "./clipboard";
export * from "./errors";
export * from "./heard";
export * from "./jobs";
export * from "./open";
export * from "./photo";
export * from "./pick";
export * from "./window";
