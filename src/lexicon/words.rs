//! The words of a text, the same for training a lexicon and for looking up.
//!
//! [`words`] cuts a text into words (UAX #29, `bounds`). Clitics stand alone and in full (`l’eau`: `le`,
//! `eau`; `didn’t`: `did`, `not`), contracted forms are undone (`du`: `de`, `le`; `zum`: `zu`, `dem`),
//! what translates to nothing falls (`Tom’s`: `Tom`; `a-t-il`: `a`, `il`), and hyphens part words, as do
//! a colon or a full stop without a space behind it. Text in a script without spaces between words is
//! cut into pairs of neighbouring characters.

use super::bounds;
use crate::lang::Lang;

/// What stands between two word bounds, or a part of it.
pub(crate) enum Piece<'a> {
    /// All that stands between them; its [`parts`] do not depend on what stands around it.
    Whole(&'a str),
    /// A word in full.
    Word(&'a str),
}

/// Calls `found` with each word of a text in its original case, clitics and contracted forms in
/// full.
pub(crate) fn words(text: &str, lang: Lang, mut found: impl FnMut(&str)) {
    pieces(text, lang, |piece| match piece {
        Piece::Whole(word) => parts(word, lang, &mut found),
        Piece::Word(word) => found(word),
    });
}

/// Calls `found` with what becomes the words of a text: most of it as it stands there, so that what is
/// made of it can be remembered.
pub(crate) fn pieces<'t>(text: &'t str, lang: Lang, mut found: impl FnMut(Piece<'t>)) {
    let mut rest = text;
    // Without bytes that begin a character of such a script, there is none.
    let may_begin = |byte: &u8| matches!(byte, 0xe0 | 0xe1 | 0xe3..);
    while rest.as_bytes().iter().any(may_begin)
        && let Some(start) = rest.find(is_unspaced)
    {
        spaced_pieces(&rest[..start], lang, &mut found);
        let run = &rest[start..];
        let end = run.find(|c| !is_unspaced(c)).unwrap_or(run.len());
        bigrams(&run[..end], |word| found(Piece::Word(word)));
        rest = &run[end..];
    }
    spaced_pieces(rest, lang, &mut found);
}

/// Calls `found` with the words of what stands between two word bounds.
pub(crate) fn parts(word: &str, lang: Lang, mut found: impl FnMut(&str)) {
    parts_of(word, 0, word, "", lang, &mut found);
}

fn spaced_pieces<'t>(text: &'t str, lang: Lang, found: &mut impl FnMut(Piece<'t>)) {
    let mut before = "";
    bounds::words(text, |start, word| {
        // A clitic may stand beside an apostrophe that is not part of the word, and between hyphens.
        let alone = before.is_empty()
            && !text[start + word.len()..].starts_with(APOSTROPHES)
            && !(matches!(word, "t" | "T") && text[..start].ends_with(HYPHENS));
        match alone {
            true => found(Piece::Whole(word)),
            false => {
                let mut found = |word| found(Piece::Word(word));
                before = parts_of(text, start, word, before, lang, &mut found);
            }
        }
    });
}

/// Whether a character is of a script that puts no spaces between words.
pub(super) fn is_unspaced(c: char) -> bool {
    c >= '\u{e00}'
        && matches!(c,
            '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' // Thai
            | '\u{e81}'..='\u{ecd}' | '\u{edc}'..='\u{edf}' // Lao
            | '\u{1000}'..='\u{103f}' | '\u{1780}'..='\u{17d3}' // Myanmar, Khmer
            | '\u{3005}'..='\u{3007}' // Ditto marks of Han, and zero
            | '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' // Kana
            | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' // Han
            | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}')
}

fn bigrams<'t>(run: &'t str, mut found: impl FnMut(&'t str)) {
    let mut ends = run.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1);
    let mut starts = run.char_indices().map(|(at, _)| at);
    let mut alone = true;
    for (start, end) in starts.by_ref().zip(ends.by_ref()) {
        found(&run[start..end]);
        alone = false;
    }
    if alone {
        found(run);
    }
}

/// An apostrophe, and what is typed for one.
pub(super) const APOSTROPHES: [char; 8] = ['\'', '’', '‘', 'ʼ', '＇', '´', '`', '′'];

/// Calls `found` with the words of `word`, which stands at `start` of a text, and which an apostrophe may
/// join to `before`; gives what one joins to the next word.
fn parts_of<'t>(
    text: &'t str,
    start: usize,
    word: &'t str,
    mut before: &'t str,
    lang: Lang,
    found: &mut impl FnMut(&'t str),
) -> &'t str {
    // Here an apostrophe is a letter.
    let keeps = matches!(lang.code(), "be" | "he" | "uk");
    let ended = word.contains('.') && !is_abbreviation(word);
    let parts = |c: char| match c {
        _ if c.is_ascii_alphanumeric() => false,
        ':' | '\u{202f}' => true,
        '.' => ended,
        _ => !keeps && APOSTROPHES.contains(&c),
    };
    let mut end = start;
    for piece in word.split_inclusive(parts) {
        let part = piece.trim_end_matches(parts);
        let behind = &text[end + part.len()..];
        let euphonic = lang == Lang::FR
            && matches!(part, "t" | "T")
            && text[..end].ends_with(HYPHENS)
            && behind.starts_with(HYPHENS); // a-t-il
        end += piece.len();
        if euphonic || !part.contains(char::is_alphanumeric) {
            continue;
        }
        let behind = if keeps { None } else { joined(behind) };
        match clitic(lang, before, part, behind) {
            None => in_full(part, lang, found),
            Some("") => {}
            Some(full) => found(full),
        }
        before = match behind {
            Some(letters) if !letters.is_empty() => part,
            _ => "",
        };
    }
    before
}

const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

/// Whether full stops inside a word mark it as short (`z.B`, `Ph.D`) or as a number, rather than
/// end a sentence without a space behind it (`fin.Il`).
fn is_abbreviation(word: &str) -> bool {
    let ends = |c| c == '.' || APOSTROPHES.contains(&c);
    let long = |part: &str| part.chars().nth(2).is_some_and(char::is_alphabetic);
    !word.split(ends).any(long)
}

/// The letters that an apostrophe at the beginning of a text joins to what stands before; old
/// corpora have a space behind it.
fn joined(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(APOSTROPHES)?;
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_alphabetic());
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// What the part of a word beside an apostrophe stands for: nothing (`""`), a word, or itself
/// (`None`). Apostrophes join `before` and `behind` to it; `behind` is there without letters too
/// (`l’« eau »`).
fn clitic<'a>(lang: Lang, before: &str, part: &'a str, behind: Option<&str>) -> Option<&'a str> {
    if before.is_empty() && behind.is_none() {
        return None;
    }
    let [before, lower, after] = [before, part, behind.unwrap_or_default()].map(str::to_lowercase);
    let full = match (lang, &*before, &*lower, &*after) {
        (Lang::EN, _, "can", "t") => "can",
        (Lang::EN, _, "won", "t") => "will",
        (Lang::EN, _, "shan", "t") => "shall",
        (Lang::EN, _, "ain", "t") => "is",
        (Lang::EN, _, _, "t") => return part.strip_suffix(['n', 'N']),
        (Lang::EN, "", ..) => return None,
        (Lang::EN, verb, "t", _) if verb.ends_with('n') => "not",
        (Lang::EN, _, "m", _) => "am",
        (Lang::EN, _, "re", _) => "are",
        (Lang::EN, _, "ll", _) => "will",
        (Lang::EN, _, "ve", _) => "have",
        (Lang::EN, _, "d", _) => "would",
        (Lang::EN, "let", "s", _) => "us",
        (Lang::EN, "he" | "she" | "it" | "that" | "this" | "there" | "here", "s", _)
        | (Lang::EN, "who" | "what" | "where" | "when" | "how" | "why", "s", _) => "is",
        (Lang::EN, _, "s", _) => "", // the boss’s

        (Lang::FR, _, "aujourd", "hui") => "aujourd’hui",
        (Lang::FR, _, "quelqu", "un" | "une") => "quelqu’un",
        (Lang::FR, "aujourd", "hui", _) | (Lang::FR, "quelqu", "un" | "une", _) => "",
        (Lang::FR, ..) if behind.is_none() => return None,
        (Lang::FR, _, "s", "il" | "ils") => "si",
        (Lang::FR, _, "l", _) => "le",
        (Lang::FR, _, "d", _) => "de",
        (Lang::FR, _, "qu", _) => "que",
        (Lang::FR, _, "j", _) => "je",
        (Lang::FR, _, "n", _) => "ne",
        (Lang::FR, _, "s", _) => "se",
        (Lang::FR, _, "c" | "ç", _) => "ce",
        (Lang::FR, _, "m", _) => "me",
        (Lang::FR, _, "t", _) => "te",
        (Lang::FR, _, "entr", _) => "entre",
        (Lang::FR, _, "jusqu", _) => "jusque",
        (Lang::FR, _, "lorsqu", _) => "lorsque",
        (Lang::FR, _, "presqu", _) => "presque",
        (Lang::FR, _, "puisqu", _) => "puisque",
        (Lang::FR, _, "quelqu", _) => "quelque",
        (Lang::FR, _, "quoiqu", _) => "quoique",

        (Lang::DE, "an" | "auf" | "durch" | "für" | "in", "s", _)
        | (Lang::DE, "über" | "um" | "unter" | "vor", "s", _) => "das",
        (Lang::DE, verb, "s", _) if !verb.is_empty() => "es",
        _ => return None,
    };
    Some(full)
}

/// The words that a contracted form stands for, or the word itself.
fn in_full<'t>(word: &'t str, lang: Lang, found: &mut impl FnMut(&'t str)) {
    // The first bytes of a letter and of its capital differ in this bit at the most.
    let first = |word: &str| word.bytes().next().map(|byte| byte | 0x20);
    let is = |form: &str| {
        let letters = word.chars().flat_map(char::to_lowercase);
        word.len() == form.len() && first(word) == first(form) && letters.eq(form.chars())
    };
    let mut forms = CONTRACTED.iter().filter(|(of, ..)| *of == lang);
    match forms.find(|(_, form, _)| is(form)) {
        Some((_, _, full)) => full.iter().for_each(|word| found(word)),
        None => found(word),
    }
}

const CONTRACTED: [(Lang, &str, [&str; 2]); 26] = [
    (Lang::EN, "cannot", ["can", "not"]),
    (Lang::FR, "au", ["à", "le"]),
    (Lang::FR, "aux", ["à", "les"]),
    (Lang::FR, "du", ["de", "le"]),
    (Lang::FR, "des", ["de", "les"]),
    (Lang::FR, "auquel", ["à", "lequel"]),
    (Lang::FR, "auxquels", ["à", "lesquels"]),
    (Lang::FR, "auxquelles", ["à", "lesquelles"]),
    (Lang::FR, "duquel", ["de", "lequel"]),
    (Lang::FR, "desquels", ["de", "lesquels"]),
    (Lang::FR, "desquelles", ["de", "lesquelles"]),
    (Lang::DE, "am", ["an", "dem"]),
    (Lang::DE, "ans", ["an", "das"]),
    (Lang::DE, "aufs", ["auf", "das"]),
    (Lang::DE, "beim", ["bei", "dem"]),
    (Lang::DE, "durchs", ["durch", "das"]),
    (Lang::DE, "fürs", ["für", "das"]),
    (Lang::DE, "im", ["in", "dem"]),
    (Lang::DE, "ins", ["in", "das"]),
    (Lang::DE, "übers", ["über", "das"]),
    (Lang::DE, "ums", ["um", "das"]),
    (Lang::DE, "unters", ["unter", "das"]),
    (Lang::DE, "vom", ["von", "dem"]),
    (Lang::DE, "vors", ["vor", "das"]),
    (Lang::DE, "zum", ["zu", "dem"]),
    (Lang::DE, "zur", ["zu", "der"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, lang: Lang) -> Vec<String> {
        let mut all = Vec::new();
        words(text, lang, |word| all.push(word.to_owned()));
        all
    }

    #[test]
    fn words_in_full() {
        for (code, cases) in [
            (
                "en",
                &[
                    "He didn’t, can't and won’t. = He did not can not and will not",
                    "DIDN’T CAN'T WON’T I’M = DID not can not will not I am",
                    "Shan’t it? Ain’t cannot = shall not it is not can not",
                    "We’ll see, I'm sure they've left = We will see I am sure they have left",
                    "I’d’ve, you couldn't've = I would have you could not have",
                    "It’s late, let’s go, who’s there = It is late let us go who is there",
                    "the boss’s, the bosses’ rock'n'roll = the boss the bosses rock n roll",
                    "Tom’s CD's of the 1980's = Tom CD of the 1980",
                    "the Union' s well-known aims = the Union well known aims",
                    "O’Brien, ma’am, 9 o’clock = O Brien ma am 9 o clock",
                    "the 'can' of 'I' = the can of I",
                ][..],
            ),
            (
                "fr",
                &[
                    "L’eau qu'il a, jusqu’au soir = le eau que il a jusque à le soir",
                    "L’EAU QU’IL A, JUSQU’AU SOIR = le EAU que IL A jusque à le SOIR",
                    "S’il s’en va, c’est qu’ils… = si il se en va ce est que ils",
                    "l' eau, l´eau, l’« eau », d’1 € = le eau le eau le eau de 1",
                    "aujourd’hui quelqu'un du bourg = aujourd’hui quelqu’un de le bourg",
                    "d’aujourd'hui à quelqu’une = de aujourd’hui à quelqu’un",
                    "Donne-le-moi des deux côtés = Donne le moi de les deux côtés",
                    "Y a-t-il, viendra‑t‑elle, va-t’en = Y a il viendra elle va te en",
                    "Y’a qu’à = Y a que à",
                    "Est-ce que… Qu’est-ce que c’est = Est ce que que est ce que ce est",
                    "auxquels, duquel = à lesquels de lequel",
                    "M. C, le T-shirt = M C le T shirt",
                    "l’U.R.S.S. = le U.R.S.S",
                ],
            ),
            (
                "de",
                &[
                    "Wie geht’s im Büro zum Glück? = Wie geht es in dem Büro zu dem Glück",
                    "Ich hab’s, IM HAUS, FÜRS Bad = Ich hab es in dem HAUS für das Bad",
                    "Ich hab’ auf’s Haus = Ich hab auf das Haus",
                    "Ein- und Ausgang = Ein und Ausgang",
                ],
            ),
            (
                "it",
                &["L’acqua dell’isola, un po’ = L acqua dell isola un po"][..],
            ),
            ("ca", &["l'home del col·legi = l home del col·legi"][..]),
            ("uk", &["об’єкт об'єкт = об’єкт об'єкт"][..]),
            ("be", &["сям’я = сям’я"][..]),
            (
                "und",
                &[
                    "我爱北京 and 猫 = 我爱 爱北 北京 and 猫",
                    "人々 ใจ = 人々 ใจ",
                    "fin.Il note:ceci 12\u{202f}km = fin Il note ceci 12 km",
                    "z.B. Ph.D. U.S.A. 1250.50 = z.B Ph.D U.S.A 1250.50",
                    "’ =",
                    " =",
                ],
            ),
        ] {
            for case in cases {
                let (text, expected) = case.split_once(" =").unwrap();
                let words = found(text, code.parse().unwrap()).join(" ");
                assert_eq!(words, expected.trim_start(), "{code} {text:?}");
            }
        }
    }
}
