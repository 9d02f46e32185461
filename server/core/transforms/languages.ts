import { codeList, type Found } from "./code-list.ts";

/**
 * The languages of ISO 639-1: their two letters, their three letters (ISO 639-2/T, then the other
 * code where there are two), and their English name as the Unicode CLDR has it.
 */
const TABLE = `
aa aar Afar
ab abk Abkhazian
ae ave Avestan
af afr Afrikaans
ak aka Akan
am amh Amharic
an arg Aragonese
ar ara Arabic
as asm Assamese
av ava Avaric
ay aym Aymara
az aze Azerbaijani
ba bak Bashkir
be bel Belarusian
bg bul Bulgarian
bi bis Bislama
bm bam Bambara
bn ben Bangla
bo bod/tib Tibetan
br bre Breton
bs bos Bosnian
ca cat Catalan
ce che Chechen
ch cha Chamorro
co cos Corsican
cr cre Cree
cs ces/cze Czech
cu chu Church Slavic
cv chv Chuvash
cy cym/wel Welsh
da dan Danish
de deu/ger German
dv div Divehi
dz dzo Dzongkha
ee ewe Ewe
el ell/gre Greek
en eng English
eo epo Esperanto
es spa Spanish
et est Estonian
eu eus/baq Basque
fa fas/per Persian
ff ful Fula
fi fin Finnish
fj fij Fijian
fo fao Faroese
fr fra/fre French
fy fry Western Frisian
ga gle Irish
gd gla Scottish Gaelic
gl glg Galician
gn grn Guarani
gu guj Gujarati
gv glv Manx
ha hau Hausa
he heb Hebrew
hi hin Hindi
ho hmo Hiri Motu
hr hrv Croatian
ht hat Haitian Creole
hu hun Hungarian
hy hye/arm Armenian
hz her Herero
ia ina Interlingua
id ind Indonesian
ie ile Interlingue
ig ibo Igbo
ii iii Sichuan Yi
ik ipk Inupiaq
io ido Ido
is isl/ice Icelandic
it ita Italian
iu iku Inuktitut
ja jpn Japanese
jv jav Javanese
ka kat/geo Georgian
kg kon Kongo
ki kik Kikuyu
kj kua Kuanyama
kk kaz Kazakh
kl kal Kalaallisut
km khm Khmer
kn kan Kannada
ko kor Korean
kr kau Kanuri
ks kas Kashmiri
ku kur Kurdish
kv kom Komi
kw cor Cornish
ky kir Kyrgyz
la lat Latin
lb ltz Luxembourgish
lg lug Ganda
li lim Limburgish
ln lin Lingala
lo lao Lao
lt lit Lithuanian
lu lub Luba-Katanga
lv lav Latvian
mg mlg Malagasy
mh mah Marshallese
mi mri/mao Māori
mk mkd/mac Macedonian
ml mal Malayalam
mn mon Mongolian
mr mar Marathi
ms msa/may Malay
mt mlt Maltese
my mya/bur Burmese
na nau Nauru
nb nob Norwegian Bokmål
nd nde North Ndebele
ne nep Nepali
ng ndo Ndonga
nl nld/dut Dutch
nn nno Norwegian Nynorsk
no nor Norwegian
nr nbl South Ndebele
nv nav Navajo
ny nya Nyanja
oc oci Occitan
oj oji Ojibwa
om orm Oromo
or ori Odia
os oss Ossetic
pa pan Punjabi
pi pli Pali
pl pol Polish
ps pus Pashto
pt por Portuguese
qu que Quechua
rm roh Romansh
rn run Rundi
ro ron/rum Romanian
ru rus Russian
rw kin Kinyarwanda
sa san Sanskrit
sc srd Sardinian
sd snd Sindhi
se sme Northern Sami
sg sag Sango
si sin Sinhala
sk slk/slo Slovak
sl slv Slovenian
sm smo Samoan
sn sna Shona
so som Somali
sq sqi/alb Albanian
sr srp Serbian
ss ssw Swati
st sot Southern Sotho
su sun Sundanese
sv swe Swedish
sw swa Swahili
ta tam Tamil
te tel Telugu
tg tgk Tajik
th tha Thai
ti tir Tigrinya
tk tuk Turkmen
tl tgl Tagalog
tn tsn Tswana
to ton Tongan
tr tur Turkish
ts tso Tsonga
tt tat Tatar
tw twi Twi
ty tah Tahitian
ug uig Uyghur
uk ukr Ukrainian
ur urd Urdu
uz uzb Uzbek
ve ven Venda
vi vie Vietnamese
vo vol Volapük
wa wln Walloon
wo wol Wolof
xh xho Xhosa
yi yid Yiddish
yo yor Yoruba
za zha Zhuang
zh zho/chi Chinese
zu zul Zulu
`;

/** Names that people use beside those. */
const MORE_NAMES: Readonly<Record<string, readonly string[]>> = {
  ...{ bn: ["Bengali"], cu: ["Old Church Slavonic"], el: ["Modern Greek"], fa: ["Farsi"] },
  ...{ ff: ["Fulah"], ga: ["Gaelic"], gd: ["Gaelic"], ht: ["Haitian"], kl: ["Greenlandic"] },
  ...{ lb: ["Letzeburgesch"], lg: ["Luganda"], my: ["Myanmar"], nb: ["Bokmål"], nn: ["Nynorsk"] },
  ...{ ny: ["Chichewa"], or: ["Oriya"], pa: ["Panjabi"], rn: ["Kirundi"], si: ["Sinhalese"] },
  ...{ st: ["Sesotho"], tl: ["Filipino"], ug: ["Uighur"], zh: ["Mandarin"] },
};

export const LANGUAGE_FORMS = ["name", "alpha-2", "alpha-3"] as const;
export type LanguageForm = (typeof LANGUAGE_FORMS)[number];

export type Language = Readonly<Record<LanguageForm, string>>;

const LANGUAGES = codeList<LanguageForm, Language>(
  LANGUAGE_FORMS,
  TABLE.trim()
    .split("\n")
    .map((line) => {
      const [alpha2 = "", threes = "", ...words] = line.split(" ");
      const [name, codes] = [words.join(" "), threes.split("/")];
      return {
        entry: { name, "alpha-2": alpha2, "alpha-3": codes[0] ?? "" },
        spellings: {
          name: [name, ...(MORE_NAMES[alpha2] ?? [])],
          "alpha-2": [alpha2],
          "alpha-3": codes,
        },
      };
    }),
  (text) => text.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(),
);

/** The language that a text names in this form; "several" when it could be more than one. */
export function findLanguage(form: LanguageForm, text: string): Found<Language> {
  return LANGUAGES(form, text);
}
