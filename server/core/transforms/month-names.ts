import { plain } from "./letters.ts";

/** Long names as a date has them ("2 marca 2026"), short ones, and others that are read as well. */
const NAMES = {
  en: [
    "January February March April May June July August September October November December",
    "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "- - - - - - - - Sept - - -",
  ],
  de: [
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "Jänner Feber Mrz - - - - - Sept - - -",
  ],
  fr: [
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janv févr mars avr mai juin juil août sept oct nov déc",
    "jan fév - - - - - - - - - -",
  ],
  es: [
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ene feb mar abr may jun jul ago sep oct nov dic",
    "- - - - - - - - sept - - -",
    "- - - - - - - - setiembre - - -",
  ],
  it: [
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "gen feb mar apr mag giu lug ago set ott nov dic",
  ],
  pt: [
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "jan fev mar abr mai jun jul ago set out nov dez",
  ],
  nl: [
    "januari februari maart april mei juni juli augustus september oktober november december",
    "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "- - - - - - - - sept - - -",
  ],
  da: [
    "januar februar marts april maj juni juli august september oktober november december",
    "jan feb mar apr maj jun jul aug sep okt nov dec",
  ],
  sv: [
    "januari februari mars april maj juni juli augusti september oktober november december",
    "jan feb mars apr maj juni juli aug sep okt nov dec",
    "- - mar - - jun jul - sept - - -",
  ],
  nb: [
    "januar februar mars april mai juni juli august september oktober november desember",
    "jan feb mars apr mai juni juli aug sep okt nov des",
    "- - mar - - jun jul - sept - - -",
  ],
  fi: [
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta " +
      "syyskuuta lokakuuta marraskuuta joulukuuta",
    "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
    "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu " +
      "marraskuu joulukuu",
  ],
  pl: [
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października " +
      "listopada grudnia",
    "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "styczeń luty marzec kwiecień - czerwiec lipiec sierpień wrzesień październik listopad " +
      "grudzień",
  ],
  cs: [
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "led úno bře dub kvě čvn čvc srp zář říj lis pro",
    "leden únor březen duben květen červen červenec srpen - říjen listopad prosinec",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type MonthLanguage = keyof typeof NAMES;
export const MONTH_LANGUAGES = Object.keys(NAMES) as [MonthLanguage, ...MonthLanguage[]];

/** The names of the months in one language. */
export type MonthNames = {
  /** From 1 to 12; null where it is no name of a month. Case, marks and a dot are no matter. */
  find(name: string): number | null;
  write(month: number, form: "long" | "short"): string;
};

export function monthNames(language: MonthLanguage): MonthNames {
  const lists = NAMES[language].map((names) => names.split(" "));
  const months = new Map<string, number>();
  for (const names of lists) {
    for (const [at, name] of names.entries()) if (name !== "-") months.set(fold(name), at + 1);
  }
  return {
    find: (name) => months.get(fold(name)) ?? null,
    write: (month, form) => lists[form === "long" ? 0 : 1]?.[month - 1] ?? "",
  };
}

/** "MÄR." => "mar" */
function fold(name: string): string {
  return plain(name.replace(/\.$/, ""), false).toLowerCase();
}
