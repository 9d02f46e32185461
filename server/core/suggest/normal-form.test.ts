import { expect, test } from "vitest";
import { likeness } from "./likeness.ts";
import { normalForm } from "./normal-form.ts";

test.each([
  ["1,090.50 EUR", "measure", "1090.5"],
  ["1.090,50", "number", "1090.5"],
  ["$45", "measure", "45"],
  ["約44.5 萬/坪", "measure", "44.5"],
  ["007", "code", "007"],
  ["27.3.2022", "date", "2022-03-27"],
  ["3/27/2022", "date", "2022-03-27"],
  ["Fri Mar 25 22:48:16 2022", "moment", "2022-03-25 22:48"],
  ["2022-03-25T22:48:16Z", "moment", "2022-03-25 22:48"],
  ["Ada@Example.ORG", "email", "ada@example.org"],
  ["https://example.org/a", "url", "https://example.org/a"],
  ["+49 (30) 12-34-567", "phone", "49301234567"],
  ["AB-12", "code", "ab12"],
  ["Müller  & Söhne", "words", "muller sohne"],
  ["Ja", "boolean", "true"],
])("%s is a %s: %s", (text, kind, key) => {
  expect(normalForm(text)).toMatchObject({ kind, key });
});

test.each([[null], [""], ["  "], ["-"], ["n/a"], [[]]])("%j says nothing", (value) => {
  expect(normalForm(value)).toBeNull();
});

test.each([
  ["list_price", "List price", 1],
  ["e-mail", "Email", 1],
  ["cust_name", "Customer name", 1],
  ["Kundennummer", "customer no", 1],
  ["價格", "Preis", 1],
  ["文章標題", "標題", 0.6],
  ["unit_price", "Price", 0.7],
  ["colour", "Weight", 0],
  ["", "Weight", 0],
])("%s is like %s by %f", (a, b, score) => {
  expect(likeness(a, b)).toBeCloseTo(score, 1);
  expect(likeness(b, a)).toBe(likeness(a, b));
});
