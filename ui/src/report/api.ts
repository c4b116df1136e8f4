import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type By, commands, type Noun, type Period, unwrap } from "../ipc";

// Credit is a view over what the orders carry and what was linked and published; titles and covers are the posts' and products' own.
const read: { nouns: Noun[] } = { nouns: ["attribution", "link", "publication", "post", "product", "channel", "shop"] };

export const useReport = (by: By, period: Period) => useQuery({ queryKey: ["order", "report", by, period], queryFn: () => unwrap(commands.getReport(by, period)), meta: read, placeholderData: keepPreviousData });
export const useDaily = (period: Period) => useQuery({ queryKey: ["order", "daily", period], queryFn: () => unwrap(commands.getDaily(period)), meta: { nouns: ["shop"] }, placeholderData: keepPreviousData });
