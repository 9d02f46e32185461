import type { Step } from "../map/document.ts";
import { add } from "./add.ts";
import { affix } from "./affix.ts";
import { booleanWords } from "./boolean-words.ts";
import { letterCase } from "./case.ts";
import { cleanText } from "./clean-text.ts";
import { concatenate } from "./concatenate.ts";
import { conditional } from "./conditional.ts";
import { constant } from "./constant.ts";
import { countryCode } from "./country-code.ts";
import { currencyCode } from "./currency-code.ts";
import { dateFormat } from "./date-format.ts";
import { datePart } from "./date-part.ts";
import { defaultValue } from "./default.ts";
import { distinct } from "./distinct.ts";
import { email } from "./email.ts";
import { emptyAsNone } from "./empty-as-none.ts";
import { epoch } from "./epoch.ts";
import { expression } from "./expression.ts";
import { firstValue } from "./first-value.ts";
import { gtin } from "./gtin.ts";
import { instantDate } from "./instant-date.ts";
import { instantFormat } from "./instant-format.ts";
import { joinDateAndTime } from "./join-date-time.ts";
import { joinNameParts } from "./join-name.ts";
import { joinStreetAndNumber } from "./join-street.ts";
import { keepCharacters } from "./keep-characters.ts";
import { languageCode } from "./language-code.ts";
import { languageTag } from "./language-tag.ts";
import { limitLength } from "./limit-length.ts";
import { listContains } from "./list-contains.ts";
import { listItem } from "./list-item.ts";
import { listTable } from "./list-table.ts";
import { localTime } from "./local-time.ts";
import { minorMoney } from "./minor-money.ts";
import { money } from "./money.ts";
import { numberFormat } from "./number-format.ts";
import { padText } from "./pad-text.ts";
import { PALETTE, type TransformId, titleOf } from "./palette.ts";
import { partOfText } from "./part-of-text.ts";
import { percent } from "./percent.ts";
import { phone } from "./phone.ts";
import { plainLetters } from "./plain-letters.ts";
import { quantity } from "./quantity.ts";
import { replaceText } from "./replace-text.ts";
import { round } from "./round.ts";
import { scale } from "./scale.ts";
import { shiftDate } from "./shift-date.ts";
import { sign } from "./sign.ts";
import { slug } from "./slug.ts";
import { sortList } from "./sort-list.ts";
import { splitDateAndTime } from "./split-date-time.ts";
import { splitList } from "./split-list.ts";
import { splitNameParts } from "./split-name.ts";
import { splitStreetAndNumber } from "./split-street.ts";
import { splitText } from "./split-text.ts";
import { template } from "./template.ts";
import { timeFormat } from "./time-format.ts";
import type { Prepared, Transform } from "./transform.ts";
import { trim } from "./trim.ts";
import { unit } from "./unit.ts";
import { valueTable } from "./value-table.ts";

/** Every transform; one that the palette names and that is missing here does not compile. */
const BY_ID: Readonly<Record<TransformId, Transform>> = {
  ...{ trim, "clean-text": cleanText, case: letterCase, "replace-text": replaceText, affix },
  ...{ "pad-text": padText, "part-of-text": partOfText, "limit-length": limitLength },
  ...{ "keep-characters": keepCharacters, "plain-letters": plainLetters, slug },
  ...{ "join-name": joinNameParts, "split-name": splitNameParts, concatenate },
  ...{ "split-text": splitText, "number-format": numberFormat, scale, add, round, sign },
  ...{ percent, unit, quantity, money, "minor-money": minorMoney },
  ...{ "date-format": dateFormat, "time-format": timeFormat, "instant-format": instantFormat },
  ...{ "local-time": localTime, "instant-date": instantDate, epoch, "date-part": datePart },
  ...{ "shift-date": shiftDate, "join-date-time": joinDateAndTime },
  ...{ "split-date-time": splitDateAndTime, "currency-code": currencyCode },
  ...{ "country-code": countryCode, "value-table": valueTable },
  ...{ template, "join-street": joinStreetAndNumber, "split-street": splitStreetAndNumber },
  ...{ "language-code": languageCode, "language-tag": languageTag, phone, email, gtin },
  ...{ "split-list": splitList, "list-item": listItem, "sort-list": sortList, distinct },
  ...{ "list-contains": listContains, "list-table": listTable, "boolean-words": booleanWords },
  ...{
    conditional,
    expression,
    "empty-as-none": emptyAsNone,
    default: defaultValue,
    "first-value": firstValue,
    constant,
  },
};

/** Every transform, in the order of the palette. */
export const TRANSFORMS: readonly Transform[] = PALETTE.flatMap(({ titles }) =>
  (Object.keys(titles) as TransformId[]).map((id) => BY_ID[id]),
);

export function findTransform(id: string): Transform | null {
  return Object.hasOwn(BY_ID, id) ? BY_ID[id as TransformId] : null;
}

/** Checks a step's settings and makes it ready to run. */
export function prepareStep(step: Step): Prepared {
  const transform = findTransform(step.transform);
  if (transform !== null) return transform.prepare(step.settings);
  const message = `There is no transform "${step.transform}".`;
  return { ok: false, problems: [{ place: "", message }] };
}

/** What a step does, in one plain sentence, for chips and differences. */
export function describeStep(step: Step): string {
  const prepared = prepareStep(step);
  if (prepared.ok) return prepared.sentence;
  const [first] = prepared.problems;
  return `${titleOf(step.transform)}: ${first?.message ?? ""}`;
}
