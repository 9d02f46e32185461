/**
 * Units with their exact size in the base unit of what they measure. Sizes are those of the
 * International System, and of the yard and pound agreement of 1959 (NIST Special Publication 811,
 * appendix B); none of them is rounded.
 */

export type Unit = {
  readonly measures: string;
  /** (value + offset) × size / parts is the value in the base unit. */
  readonly size: string;
  readonly parts: string;
  readonly offset: string;
};

const LENGTH = {
  ...{ mm: "0.001", cm: "0.01", dm: "0.1", m: "1", km: "1000", in: "0.0254", ft: "0.3048" },
  ...{ yd: "0.9144", mi: "1609.344", nmi: "1852" },
} as const;
const AREA = {
  ...{ mm2: "0.000001", cm2: "0.0001", m2: "1", ha: "10000", km2: "1000000" },
  ...{ in2: "0.00064516", ft2: "0.09290304", acre: "4046.8564224" },
} as const;
const VOLUME = {
  ...{ ml: "0.001", cl: "0.01", l: "1", m3: "1000", "fl-oz-us": "0.0295735295625" },
  ...{ "pt-us": "0.473176473", "gal-us": "3.785411784", "fl-oz-uk": "0.0284130625" },
  ...{ "pt-uk": "0.56826125", "gal-uk": "4.54609" },
} as const;
const MASS = {
  ...{ mg: "0.000001", g: "0.001", kg: "1", t: "1000", oz: "0.028349523125", lb: "0.45359237" },
  ...{ st: "6.35029318", "ton-us": "907.18474", "ton-uk": "1016.0469088" },
} as const;
const TIME = { ms: "0.001", s: "1", min: "60", h: "3600", d: "86400", week: "604800" } as const;
const STORAGE = {
  ...{ byte: "1", kB: "1000", MB: "1000000", GB: "1000000000", TB: "1000000000000" },
  ...{ KiB: "1024", MiB: "1048576", GiB: "1073741824", TiB: "1099511627776" },
} as const;
const ENERGY = {
  J: "1",
  kJ: "1000",
  Wh: "3600",
  kWh: "3600000",
  cal: "4.184",
  kcal: "4184",
} as const;
const SPEED = { "m/s": "3.6", "km/h": "1", mph: "1.609344", knot: "1.852" } as const;

const HEAT: Readonly<Record<"K" | "°C" | "°F", Unit>> = {
  K: { measures: "a temperature", size: "1", parts: "1", offset: "0" },
  "°C": { measures: "a temperature", size: "1", parts: "1", offset: "273.15" },
  "°F": { measures: "a temperature", size: "5", parts: "9", offset: "459.67" },
};

function sized<Name extends string>(
  measures: string,
  sizes: Readonly<Record<Name, string>>,
): Readonly<Record<Name, Unit>> {
  const units = Object.entries<string>(sizes).map(([name, size]) => {
    return [name, { measures, size, parts: "1", offset: "0" }] as const;
  });
  return Object.fromEntries(units) as Record<Name, Unit>;
}

export const UNITS = {
  ...sized("a length", LENGTH),
  ...sized("an area", AREA),
  ...sized("a volume", VOLUME),
  ...sized("a mass", MASS),
  ...sized("a duration", TIME),
  ...sized("an amount of data", STORAGE),
  ...sized("energy", ENERGY),
  ...sized("a speed", SPEED),
  ...HEAT,
};

export type UnitName = keyof typeof UNITS;
export const UNIT_NAMES = Object.keys(UNITS) as [UnitName, ...UnitName[]];
