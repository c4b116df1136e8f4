import { commands, type Kind } from "./commands";

/** The pictures we read. */
export const pictures: Kind = { name: "照片", endings: ["jpg", "jpeg", "png", "webp", "gif"] };
/** The tables products, reviews and orders come in. */
export const tables: Kind = { name: "表格", endings: ["csv", "xlsx", "xls", "tsv", "txt"] };
/** Our own backups. */
export const backups: Kind = { name: "草本备份", endings: ["zip"] };

/** Paths of the files somebody picks; [] when they change their mind. */
export const pickFiles = (title: string, kind?: Kind): Promise<string[]> => commands.pickFiles(title, kind ? [kind] : []);

/** The path of one file; null when they change their mind. */
export const pickFile = async (title: string, kind?: Kind): Promise<string | null> => (await pickFiles(title, kind))[0] ?? null;

/** The path of one folder; null when they change their mind. */
export const pickFolder = (title: string): Promise<string | null> => commands.pickFolder(title);

/** Where to write a new file; null when they change their mind. */
export const pickSave = (title: string, name: string): Promise<string | null> => commands.pickSave(title, name);
