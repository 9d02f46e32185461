import CODES from "i18n-iso-countries/codes.json" with { type: "json" };
import ENGLISH from "i18n-iso-countries/langs/en.json" with { type: "json" };
import { codeList, type Found } from "./code-list.ts";

/** Names that people use beside those of the package, and names of the past. */
const MORE_NAMES: Readonly<Record<string, readonly string[]>> = {
  BN: ["Brunei"],
  CD: ["DR Congo", "Congo-Kinshasa", "Congo, Democratic Republic of the"],
  CG: ["Congo-Brazzaville"],
  CN: ["PR China"],
  CV: ["Cabo Verde"],
  DE: ["Federal Republic of Germany"],
  FK: ["Falkland Islands"],
  FM: ["Micronesia"],
  IE: ["Republic of Ireland"],
  KP: ["North Korea"],
  KR: ["Korea, South"],
  LA: ["Laos"],
  LY: ["Libyan Arab Jamahiriya"],
  MD: ["Moldova"],
  MK: ["Macedonia"],
  MM: ["Burma"],
  MO: ["Macau"],
  NL: ["Holland"],
  SY: ["Syria"],
  SZ: ["Swaziland"],
  TL: ["East Timor"],
  VA: ["Vatican", "Vatican City"],
  VG: ["British Virgin Islands"],
  VI: ["U.S. Virgin Islands"],
  VN: ["Vietnam"],
};

/** The name that is written, where the package's first one is not the everyday one. */
const EVERYDAY: Readonly<Record<string, string>> = {
  CD: "DR Congo",
  CG: "Republic of the Congo",
  CI: "Côte d'Ivoire",
  CN: "China",
  CZ: "Czechia",
  FK: "Falkland Islands",
  FM: "Micronesia",
  GM: "The Gambia",
  IR: "Iran",
  KP: "North Korea",
  LA: "Laos",
  MD: "Moldova",
  MK: "North Macedonia",
  PS: "Palestine",
  RU: "Russia",
  SY: "Syria",
  TW: "Taiwan",
  TZ: "Tanzania",
  US: "United States",
  VA: "Vatican City",
  VG: "British Virgin Islands",
  VI: "U.S. Virgin Islands",
  VN: "Vietnam",
};

export const COUNTRY_FORMS = ["name", "alpha-2", "alpha-3"] as const;
export type CountryForm = (typeof COUNTRY_FORMS)[number];

type Country = { readonly name: string; readonly "alpha-2": string; readonly "alpha-3": string };

const COUNTRIES = codeList<CountryForm, Country>(
  COUNTRY_FORMS,
  CODES.flatMap(([alpha2, alpha3]) => {
    if (alpha2 === undefined || alpha3 === undefined) return [];
    const names = namesOf(alpha2);
    const name = EVERYDAY[alpha2] ?? names[0] ?? alpha2;
    return {
      entry: { name, "alpha-2": alpha2, "alpha-3": alpha3 },
      spellings: { name: [name, ...names], "alpha-2": [alpha2], "alpha-3": [alpha3] },
    };
  }),
  fold,
);

function namesOf(alpha2: string): readonly string[] {
  const names: Readonly<Record<string, string | readonly string[]>> = ENGLISH.countries;
  return [names[alpha2] ?? [], MORE_NAMES[alpha2] ?? []].flat();
}

/** Case, accents, dots and a leading "the" make no difference: "THE NETHERLANDS", "U.S.A.". */
function fold(text: string): string {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("&", " and ");
  const words = plain.replaceAll(".", "").split(/[^\p{L}\p{N}]+/u);
  return words.filter((word, index) => word !== "" && !(index === 0 && word === "the")).join(" ");
}

/** The country that a text names in this form; "several" when it could be more than one. */
export function findCountry(form: CountryForm, text: string): Found<Country> {
  return COUNTRIES(form, text);
}
