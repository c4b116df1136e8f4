import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "../kit/tokens.css";
import "../kit/kit.css";
import "../kit/list.css";
import "./app.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { inWindow } from "../ipc";
import { App } from "./App";
import { savedLocale, speak } from "./words";

if (import.meta.env.DEV && !inWindow()) await import("./preview");
await speak(savedLocale());

const root = document.getElementById("root");
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
