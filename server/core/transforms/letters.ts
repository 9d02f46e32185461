/** Letters that are not a plain one with a mark, and how they are written without them. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ß: "ss", ẞ: "SS", æ: "ae", Æ: "AE", œ: "oe", Œ: "OE", ø: "o", Ø: "O", ł: "l", Ł: "L" },
  ...{ đ: "d", Đ: "D", ð: "d", Ð: "D", þ: "th", Þ: "Th", ħ: "h", Ħ: "H", ı: "i", ŋ: "n", Ŋ: "N" },
};

const GERMAN: Readonly<Record<string, string>> = {
  ...{ ä: "ae", ö: "oe", ü: "ue", Ä: "Ae", Ö: "Oe", Ü: "Ue", å: "aa", Å: "Aa", ø: "oe", Ø: "Oe" },
};

/**
 * A text without marks on its letters. Letters of other scripts stay what they are.
 *
 * "Łódź, São Paulo" => "Lodz, Sao Paulo" · with `spelledOut`: "Müller" => "Mueller"
 */
export function plain(text: string, spelledOut: boolean): string {
  const composed = text.normalize("NFC");
  const spelled = spelledOut
    ? composed.replace(/[äöüÄÖÜåÅøØ]/g, (letter) => GERMAN[letter] ?? letter)
    : composed;
  return spelled
    .normalize("NFD")
    .replace(/(\p{Script=Latin})\p{M}+/gu, "$1")
    .normalize("NFC")
    .replace(/[ßẞæÆœŒøØłŁđĐðÐþÞħĦıŋŊ]/g, (letter) => LETTERS[letter] ?? letter);
}
