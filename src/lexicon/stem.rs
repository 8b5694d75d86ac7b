//! From a word to its stem, the same for training a lexicon and for looking up.
//!
//! [`fold`] takes away case, accents, ligatures (`ß`, `œ`, `ﬁ`) and invisible characters. [`Stemmer`]
//! takes away endings by the Snowball algorithm of the language (Porter 2001) and folds the rest. A
//! language without an algorithm is only folded.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use waken_snowball::Algorithm;

use crate::lang::Lang;
use crate::latin;

/// Writes a word without case, accents, ligatures and invisible characters into `folded`.
pub(crate) fn fold(word: &str, folded: &mut String) {
    folded.clear();
    if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return latin::push_lower(folded, word);
    }
    if latin_letters(word, |letter| fold_letter(letter, folded)) {
        return;
    }
    folded.clear();
    for c in lower_letters(word).filter(|&c| !is_accent(c)) {
        match c {
            'ß' => folded.push_str("ss"),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'ς' => folded.push('σ'),
            c if c.is_alphanumeric() => folded.push(c),
            _ => {}
        }
    }
}

/// Calls `found` with the letters and digits of a word in lower case, as code points of Latin-1; false
/// where one is met that may be of another alphabet.
fn latin_letters(word: &str, mut found: impl FnMut(u8)) -> bool {
    let mut bytes = word.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => found(byte),
            b'A'..=b'Z' => found(byte | 0x20),
            0..0x80 => {}
            latin::LEAD => {
                if let Some(letter) = bytes.next().and_then(latin::lower) {
                    found(letter);
                }
            }
            _ => return false,
        }
    }
    true
}

/// Writes a letter of Latin-1 in lower case without its accent.
fn fold_letter(letter: u8, folded: &mut String) {
    const BASES: [&str; 32] = [
        "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "ð", "n",
        "o", "o", "o", "o", "o", "", "o", "u", "u", "u", "u", "y", "þ", "y",
    ];
    match letter {
        0xe0.. => folded.push_str(BASES[usize::from(letter - 0xe0)]),
        0xdf => folded.push_str("ss"),
        _ => folded.push(letter.to_ascii_lowercase().into()),
    }
}

/// The characters of a word without case, accents on their own, ligatures undone (`ﬁ`).
fn lower_letters(word: &str) -> impl Iterator<Item = char> {
    word.nfkd().flat_map(char::to_lowercase)
}

/// Whether a character is an accent, a point, an apostrophe or a stroke that text may leave out;
/// vowel signs are none.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{2b9}'..='\u{2bf}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}'
        | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Bytes of a word with an ending at most; the time of the algorithms is quadratic in the length.
const MAX_BYTES: usize = 256;

/// Takes endings from the words of one language.
#[derive(Clone, Debug)]
pub(crate) struct Stemmer {
    algorithm: Option<Algorithm>,
    lower: String,
}

impl Stemmer {
    pub(crate) fn new(lang: Lang) -> Self {
        let algorithm = ALGORITHMS.iter().find(|(code, _)| *code == lang.code());
        Self {
            algorithm: algorithm.map(|&(_, algorithm)| algorithm),
            lower: String::new(),
        }
    }

    /// Writes the stem of a word, folded, into `stem`.
    pub(crate) fn stem(&mut self, word: &str, stem: &mut String) {
        let Self { algorithm, lower } = self;
        let Some(algorithm) = algorithm.filter(|_| word.len() <= MAX_BYTES) else {
            return fold(word, stem);
        };
        lower.clear();
        let is_ascii = word.bytes().all(|byte| byte.is_ascii_alphabetic());
        if is_ascii {
            latin::push_lower(lower, word);
        }
        let is_latin = is_ascii
            || latin_letters(word, |letter| match letter {
                0xe6 => lower.push_str("ae"),
                _ => lower.push(letter.into()),
            });
        if !is_latin {
            lower.clear();
            let any = lower_letters(word).nfc();
            for c in any.filter(|&c| c.is_alphanumeric() || is_combining_mark(c)) {
                match c {
                    'œ' => lower.push_str("oe"),
                    'æ' => lower.push_str("ae"),
                    _ => lower.push(c),
                }
            }
        }
        fold(&waken_snowball::stem(algorithm, lower), stem);
    }
}

/// The Snowball algorithms by language.
const ALGORITHMS: [(&str, Algorithm); 32] = [
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("eo", Algorithm::Esperanto),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("eu", Algorithm::Basque),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("ga", Algorithm::Irish),
    ("hi", Algorithm::Hindi),
    ("hu", Algorithm::Hungarian),
    ("hy", Algorithm::Armenian),
    ("id", Algorithm::Indonesian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("nb", Algorithm::Norwegian),
    ("nn", Algorithm::Norwegian),
    ("no", Algorithm::Norwegian),
    ("ne", Algorithm::Nepali),
    ("nl", Algorithm::Dutch),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sr", Algorithm::Serbian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
    ("yi", Algorithm::Yiddish),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::words::{self, APOSTROPHES, is_unspaced};
    use super::*;

    fn found(text: &str, lang: Lang) -> Vec<String> {
        let mut all = Vec::new();
        words::words(text, lang, |word| all.push(word.to_owned()));
        all
    }

    fn folded(word: &str) -> String {
        let mut folded = String::from("old");
        fold(word, &mut folded);
        folded
    }

    fn stemmed(word: &str, lang: Lang) -> String {
        let mut stem = String::from("old");
        Stemmer::new(lang).stem(word, &mut stem);
        stem
    }

    #[test]
    fn folding() {
        for (word, expected) in [
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("Œuvre", "oeuvre"),
            ("of\u{fb01}ce", "office"),
            ("A\u{308}pfel", "apfel"),
            ("Äpfel", "apfel"),
            ("Zwi\u{ad}schen\u{200b}raum", "zwischenraum"),
            ("ÉTÉ", "ete"),
            ("aujourd’hui", "aujourdhui"),
            ("об\u{2bc}єкт", "обєкт"),
            ("ΟΔΌΣ", "οδοσ"),
            ("οδός", "οδοσ"),
            ("ＡＢＣ", "abc"),
            ("की", "की"),
            ("’", ""),
        ] {
            assert_eq!(folded(word), expected, "{word}");
        }
    }

    #[test]
    fn letters_of_latin_1_fold_as_all_do() {
        for c in '\0'..='\u{ff}' {
            // A letter of another alphabet behind it.
            let [alone, before] =
                [format!("{c}x"), format!("{c}x\u{437}")].map(|word| folded(&word));
            assert_eq!(alone + "\u{437}", before, "{c}");
            let stem = |word| stemmed(word, Lang::UND);
            assert_eq!(stem(&format!("{c}x")), folded(&format!("{c}x")), "{c}");
        }
    }

    #[test]
    fn every_character_folds_once() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let once = folded(c.encode_utf8(&mut [0; 4]));
            assert_eq!(folded(&once), once, "{c:?}");
        }
    }

    /// Stem and words: from the sample vocabularies of the Snowball algorithms (consign, knack;
    /// continu, main; aufeinander, kategor), and irregular ones. The stems are those of the Python
    /// package `snowballstemmer`, 3.0.1 and 3.1.1 alike, less their accents.
    const STEMS: [(Lang, &str); 3] = [
        (
            Lang::EN,
            "consign: consign consigned consigning consignment; consist: consist consisted \
             consistency consistent consistently consisting consists; consol: consolation \
             consolations console consoled consoling consols; consolatori: consolatory; consolid: \
             consolidate consolidating; conson: consonant; conspicu: conspicuous conspicuously; \
             conspiraci: conspiracy; conspir: conspirator conspired; constabl: constable; constanc: \
             constance; constant: constant; knack: knack knacks; knackeri: knackeries; knag: knag; \
             knave: knave; knavish: knavish; knead: kneaded kneading; knee: knee knees; kneel: \
             kneel kneeled kneeling kneels; knelt: knelt; knight: knight knightly knights; knit: \
             knitting; knive: knives; knocker: knocker; knock: knocking; knot: knots; sky: skies \
             sky; die: dying; lie: lying; tie: tying; idl: idly; gentl: gently; ugli: ugly; earli: \
             early; onli: only; news: news; inning: inning; outing: outing; herring: herring; \
             proceed: proceed; exceed: exceed; communic: communication; communiti: community; \
             generous: generous; general: general; universal: universal; universiti: university; \
             hope: hoping; hop: hopping; fall: falling; agre: agreed; feed: feed; sing: sing; run: \
             running; fli: flies; cri: cries; say: say; gas: gas; kiwi: kiwis; naiv: naïve; cafe: \
             Café; evening: EVENING",
        ),
        (
            Lang::FR,
            "continu: continu continua continuait continuant continuation continue continué \
             continuera continuité; continuel: continuel continuelle continuellement continuels; \
             continuon: continuons; contour: contour; contourn: contournait contourne; contract: \
             contractée contractions; contradictoir: contradictoirement contradictoires; \
             contraindr: contraindre; contraint: contraint contraintes; contrair: contraires; \
             contrari: contraria; main: main mains; mainten: maintenaient maintenant maintenir; \
             maintenu: maintenue; maintien: maintien; maintint: maintint; mair: maire maires \
             mairie; mais: mais; mai: maïs; maison: maison maisons; maistr: maistre; maitr: maitre \
             maître; maitress: maîtresse; majest: majesté; majestu: majestueusement majestueux; \
             majeur: majeur; majordom: majordome; major: majorités; mal: mal; malacc: malacca; \
             malad: malades maladies; coeur: cœur CŒUR coeurs; oeuvr: œuvres; ete: été ÉTÉ; mur: \
             mûr mure; naiv: naïve; naif: naïf; mouv: mouvement; even: événement; gouvern: \
             gouvernement; log: logement; heureux: heureusement; const: constamment; evident: \
             évidemment; travail: travail; traval: travaux; cheval: chevaux; aigu: aiguë; journal: \
             journaux; yeux: yeux; garcon: garçons; franc: Française; a: à; lecon: leçon; national: \
             nationaux; vill: villes; hopital: hôpital HÔPITAUX; quelquun: quelqu’un; aujourdhui: \
             aujourd’hui",
        ),
        (
            Lang::DE,
            "aufeinand: aufeinander; aufeinanderfolg: aufeinanderfolge aufeinanderfolgend \
             aufeinanderfolgenden; aufeinanderfolgt: aufeinanderfolgt aufeinanderfolgten; \
             aufeinanderschlug: aufeinanderschlügen; aufenthalt: aufenthalt aufenthaltes; auferleg: \
             auferlegen; auferlegt: auferlegt auferlegten; auferstand: auferstanden; aufersteh: \
             auferstehen auferstehung; aufersteht: aufersteht; auferstund: auferstünde; auferweck: \
             auferwecken; auferzog: auferzogen; aufess: aufessen; auffall: auffallen auffallend \
             auffällig auffälliges; auffasst: auffaßt auffasst; auffass: auffassung; kategori: \
             kategorie kategorien; kategor: kategorisch kategorischer; kat: kater katers; \
             katerlied: katerliede; kathch: käthchen; kathedral: kathedrale; kathol: katholik \
             katholischen; kattunhalstuch: kattunhalstücher; katzch: kätzchen kätzchens; katz: \
             katze katzen; katzenspr: katzensprung; kau: kauen kauer; kauert: kauerte; kauf: kauf \
             kaufe käufer; kaufleut: kaufleute; kaufmann: kaufmannes; strass: Straße STRASSE STRAẞE \
             straßen; gross: groß größer GRÖSSE; grosst: grösste; apfel: Apfel Äpfel; madch: \
             Mädchen; buch: Bücher Buch; haus: Häuser; tur: Türen Tuer; zeitung: Zeitungen Zeitung; \
             meinung: Meinungen; ubung: Übungen; schon: schönsten; freundin: Freundin; freundinn: \
             Freundinnen; system: systemen; hab: hab habe haben; quell: Quelle; treu: treue; feu: \
             Feuer; fur: fuer; uber: ueber; moglich: Möglichkeit Möglichkeiten; kenntnis: \
             Kenntnisse; aktull: aktuell",
        ),
    ];

    #[test]
    fn stems_of_the_reference() {
        for (lang, table) in STEMS {
            for (stem, words) in table.split("; ").filter_map(|entry| entry.split_once(": ")) {
                for word in words.split(' ') {
                    assert_eq!(stemmed(word, lang), stem, "{lang} {word}");
                }
            }
        }
    }

    #[test]
    fn stems_of_other_languages() {
        for (code, word, expected) in [
            ("el", "ΟΔΌΣ", "οδ"),
            ("ne", "गर्दछन्", "गरद"),
            ("ru", "Ёлки", "елк"),
            ("sr", "књигама", "knjig"),
            ("ta", "மரங்கள்", "மரங"),
            ("uk", "об’єкт", "обєкт"),
            ("zh", "北京", "北京"),
        ] {
            assert_eq!(
                stemmed(word, code.parse().unwrap()),
                expected,
                "{code} {word}"
            );
        }
    }

    #[test]
    fn long_words_keep_their_endings() {
        for (letters, ending) in [(MAX_BYTES, ""), (MAX_BYTES + 1, "ungen")] {
            let stem = "b".repeat(letters - "ableitungen".len()) + "ableit";
            assert_eq!(stemmed(&format!("{stem}ungen"), Lang::DE), stem + ending);
        }
    }

    #[test]
    fn long_texts_take_linear_time() {
        const TIMES: usize = 300_000;
        let one_word = ["au", "a."].map(|unit| (unit, 1));
        let many = ["d’", "l' ", "fin."].map(|unit| (unit, TIMES + 1));
        for (unit, words) in one_word.into_iter().chain(many) {
            let found = found(&(unit.repeat(TIMES) + "b"), Lang::FR);
            assert_eq!(found.len(), words, "{unit:?}");
            assert!(!stemmed(&found[0], Lang::FR).is_empty(), "{unit:?}");
        }
    }

    fn lang() -> impl Strategy<Value = Lang> {
        let others = ["und", "be", "he", "ja", "th", "uk", "zh"];
        let codes: Vec<&str> = ALGORITHMS
            .iter()
            .map(|&(code, _)| code)
            .chain(others)
            .collect();
        prop::sample::select(codes).prop_map(|code| code.parse().unwrap())
    }

    /// Any text; apostrophes, clitics and odd letters more often than not.
    fn text() -> impl Strategy<Value = String> {
        let clitics = "[dlnstDLNST]|[cC]an|don|qu|aujourd|hui|s|il|geht|ins|ies|ung|ement";
        let odd =
            "[ßẞœŒßﬁİıΣςäÉé\u{300}\u{308}\u{327}\u{ad}\u{200d}\u{2bc}\u{94d}\u{bcd}\u{640}0-9]";
        let between = "[ \n.:_'’´\u{a0}\u{202f}\u{2011}-]";
        let letters = "[a-zа-яα-ωא-תء-يऀ-ॿ஀-௿ก-๙ա-ֆぁ-ヿ一-龥]{1,4}";
        let any = "\\PC";
        let pattern = format!("({clitics}|{odd}|{between}|{letters}|{any}){{0,40}}");
        proptest::string::string_regex(&pattern).unwrap()
    }

    proptest! {
        #[test]
        fn any_text(text in text(), lang in lang()) {
            for word in found(&text, lang).iter().chain([&text]) {
                let once = folded(word);
                prop_assert_eq!(&folded(&once), &once, "{}", word);
                let stem = stemmed(word, lang);
                prop_assert_eq!(&folded(&stem), &stem, "{}", word);
                prop_assert!(!once.is_empty() || stem.is_empty(), "{:?}: {}", word, stem);
            }
        }

        #[test]
        fn no_letter_is_lost(text in text()) {
            let letters = |text: &str| -> String {
                let kept = text.chars().filter(|c| c.is_alphanumeric() && !APOSTROPHES.contains(c));
                kept.collect()
            };
            let spaced = text.replace(is_unspaced, " ");
            prop_assert_eq!(letters(&found(&spaced, Lang::UND).concat()), letters(&spaced));
        }
    }
}
