/** What the core says when it cannot do something. The UI acts on `code`, people read `message`, `field` names the input it is about. */
type Said = { code: string; message: string; field?: string | null };

/** A core error as an exception, so that queries, mutations and try/catch see one shape. */
export class CoreError extends Error implements Said {
  readonly code: string;
  readonly field?: string;
  /** Somebody has said it already, where it stays until it was seen. */
  told = false;
  constructor({ code, message, field }: Said) {
    super(message);
    this.name = "CoreError";
    this.code = code;
    this.field = field ?? undefined;
  }
}

/** Whatever was thrown, as a CoreError; what did not come from the core gets the code "unexpected". */
export function toCoreError(thrown: unknown): CoreError {
  if (thrown instanceof CoreError) return thrown;
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown) {
    return new CoreError({ code: String(thrown.code), message: String(thrown.message), field: "field" in thrown && typeof thrown.field === "string" ? thrown.field : undefined });
  }
  return new CoreError({ code: "unexpected", message: thrown instanceof Error ? thrown.message : String(thrown) });
}

/** What a generated command returns. */
export type Reply<T> = { status: "ok"; data: T } | { status: "error"; error: Said };

/** The data of a reply, or its error thrown: `useQuery({ queryFn: () => unwrap(commands.listProducts()) })`. */
export async function unwrap<T>(reply: Promise<Reply<T>>): Promise<T> {
  let answer: Reply<T>;
  try {
    answer = await reply;
  } catch (thrown) {
    throw toCoreError(thrown);
  }
  if (answer.status === "error") throw new CoreError(answer.error);
  return answer.data;
}
