import { expect, test } from "vitest";
import { MONTH_LANGUAGES, monthNames } from "./month-names.ts";

const MONTHS = Array.from({ length: 12 }, (_, at) => at + 1);

test.each(MONTH_LANGUAGES)(
  "the names of months in %s read as the month that they are",
  (language) => {
    const names = monthNames(language);
    for (const month of MONTHS) {
      const written = [names.write(month, "long"), names.write(month, "short")];
      for (const name of [...written, ...written.map((one) => `${one.toUpperCase()}.`)]) {
        expect(names.find(name), name).toBe(month);
      }
    }
    expect(names.find("-")).toBeNull();
  },
);
