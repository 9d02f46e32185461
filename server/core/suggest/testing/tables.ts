import type { FieldType } from "../../values/field-value.ts";
import type { Side } from "../profile.ts";

/** Two tables of customers as two houses would have them, written for these tests. */
export const CRM: readonly Side[] = [
  side("cust_no", "text", ["C-1001", "C-1002", "C-1003", "C-1004", "C-1005", "C-1006"]),
  side("company", "text", ["Alder & Sons", "Birch Ltd", "Cedar AG", "Dogwood", "Elm", "Fir SA"]),
  side("mail", "text", [
    "a@alder.test",
    "b@birch.test",
    "c@cedar.test",
    "d@dog.test",
    "e@elm.test",
  ]),
  side("ctry", "text", ["DE", "GB", "CH", "US", "DE", "FR"]),
  side("credit_cents", "integer", ["150000", "99900", "2550000", "80000", "120050", "4200"]),
  side("since", "text", ["12.03.2019", "01.07.2020", "30.11.2018", "25.02.2021", "14.09.2017"]),
  side("flag7", "text", ["A", "I", "A", "A", "I", "A"]),
  side("rep", "text", ["Mara Voss", "Jon Pike", "Mara Voss", "Ida Holm", "Jon Pike", "Ida Holm"]),
];

export const SHOP: readonly Side[] = [
  side("Kundennummer", "text", ["C-1002", "C-1003", "C-1005", "C-1001", "C-1009", "C-1006"]),
  side("Firma", "text", ["Birch Ltd", "CEDAR AG", "Elm", "Alder & Sons", "Gorse BV", "Fir SA"]),
  side("E-Mail", "text", ["B@birch.test", "c@cedar.test", "e@elm.test", "a@alder.test"]),
  side("Land", "text", ["United Kingdom", "Switzerland", "Germany", "Germany", "Netherlands"]),
  side("Kreditrahmen", "decimal", ["999", "25500", "1200.5", "1500", "310", "42"]),
  side("Angelegt am", "date", ["2020-07-01", "2018-11-30", "2017-09-14", "2019-03-12"]),
  side("Webseite", "text", ["https://birch.test", "https://cedar.test", "https://elm.test"]),
];

/** What belongs together, by name; "flag7", "rep" and "Webseite" have no partner. */
export const TRUTH: Readonly<Record<string, string>> = {
  cust_no: "Kundennummer",
  company: "Firma",
  mail: "E-Mail",
  ctry: "Land",
  credit_cents: "Kreditrahmen",
  since: "Angelegt am",
};

export function side(name: string, type: FieldType, values: readonly string[]): Side {
  return { names: [name], type, values };
}
