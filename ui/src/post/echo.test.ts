import { expect, it } from "vitest";
import { Echo } from "./echo";

it("a field's own text coming back late is no news, however late it comes", () => {
  const echo = new Echo("");
  for (const text of ["a", "ab", "abc"]) echo.tell(text);
  expect(echo.hears("a")).toBe(false);
  expect(echo.hears("abc")).toBe(false);
  expect(echo.newest).toBe("abc");
});

it("text from elsewhere is news, also when it is one the field had before", () => {
  const echo = new Echo("kept");
  echo.tell("kept and more");
  expect(echo.hears("kept and more")).toBe(false);
  expect(echo.hears("kept")).toBe(true);
  expect(echo.newest).toBe("kept");
  echo.tell("kept again");
  expect(echo.hears("another")).toBe(true);
});
