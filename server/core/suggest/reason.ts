import { type Parts, shareFound, UNKNOWN } from "./parts.ts";
import type { Profile } from "./profile.ts";
import type { Agreement } from "./together.ts";

/** What a reason is made of. */
export type Grounds = {
  readonly parts: Parts;
  /** Their names are the same to the letter, but for case and punctuation. */
  readonly isSameName: boolean;
  readonly column: Profile;
  readonly field: Profile;
  readonly agreement: Agreement | null;
};

const ALIKE = 0.7;

/** Why a pair is suggested, in a plain sentence: the strongest reason first. */
export function reasonOf(grounds: Grounds): string {
  const reasons = [
    ...togetherReason(grounds),
    ...nameReason(grounds),
    ...valueReason(grounds),
    ...lookReason(grounds),
  ];
  const said = reasons.length === 0 ? ["nothing speaks for it but that both are free"] : reasons;
  return `${capital(joined(said.slice(0, 3)))}.`;
}

function togetherReason({ agreement }: Grounds): string[] {
  if (agreement === null || agreement.agree * 2 < agreement.of) return [];
  return [`${agreement.agree} of ${agreement.of} rows have what their record has`];
}

function nameReason({ parts, isSameName }: Grounds): string[] {
  if (isSameName) return ["the names are the same"];
  if (parts.name === 1) return ["the names mean the same"];
  if (parts.name >= ALIKE) return ["the names are alike"];
  return parts.name > 0 ? ["the names have something in common"] : [];
}

function valueReason({ column, field, agreement }: Grounds): string[] {
  if (agreement !== null) return [];
  const share = shareFound(column, field);
  if (share < 0.01) return [];
  return [`${Math.round(share * 100)} % of its values are there too`];
}

function lookReason({ parts, column, field }: Grounds): string[] {
  const isSeen = column.count > 0 && field.count > 0;
  if (isSeen && parts.pattern >= ALIKE) return ["the values look alike"];
  if (isSeen && parts.spread >= ALIKE) return ["the numbers are of one size"];
  if (parts.type <= UNKNOWN) return [];
  return isSeen ? ["the values are of one kind"] : ["the types fit"];
}

function joined(reasons: readonly string[]): string {
  const [last = "", ...before] = reasons.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(", ")}, and ${last}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
