//! Sentences of a paragraph: the bounds of UAX #29, of which those that are none are taken back.
//!
//! The rules of UAX #29 (Unicode Text Segmentation, section 5) break too often rather than too
//! seldom: after abbreviations and ordinals, at single line breaks, before closing quotation marks
//! that white space parts from the sentence. So bounds are only left out or moved behind closing
//! marks, never added. In doubt a bound stays: two parts of a sentence cost an alignment less than
//! two sentences in one.
//!
//! Time is linear in the text: every decision reads a bounded stretch before the bound. The rules
//! are given the ends of sentences only ([`candidate`]).

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_segmentation::UnicodeSegmentation;

use super::abbreviation::{self, Ends};
use crate::lang::Lang;
use crate::latin::{self, Leads};
use crate::mark::{is_closer, is_final, is_invisible, is_opener, without_closers};

/// How far a decision looks back, in bytes: three words and the marks around them.
const LOOK_BACK: usize = 256;

/// Longest run without letters, figures and full stops that is handed to the segmentation whole,
/// in characters: it reads such a run again for each of its characters.
const LONGEST_RUN: usize = 64;

/// Most words that one abbreviation is written in: `i. d. R.`
const ABBREVIATION_WORDS: usize = 3;

/// Finds the sentences of a paragraph, as byte ranges of the text given.
///
/// Ranges rise, do not overlap, are not empty, neither begin nor end with white space and hold
/// all that is not white space. Of a text of white space there are none, of any other at least
/// one. A language without rules of its own has those that hold for all.
pub(super) fn sentences(text: &str, lang: Lang) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut quotes = Quotes::default();
    let mut start = 0;
    let mut read = 0;
    let mut worded = false;
    for bound in bounds(text) {
        let Some(piece) = text.get(read..bound) else {
            continue;
        };
        if piece.trim_start().is_empty() {
            read = bound;
            continue;
        }
        quotes.read(piece);
        let closers = quotes.closers(text.get(bound..).unwrap_or_default());
        let bound = bound + closers.len();
        quotes.read(closers);
        worded = worded || piece.contains(char::is_alphanumeric);
        read = bound;
        let (Some(before), Some(after)) = (text.get(start..bound), text.get(bound..)) else {
            continue;
        };
        if worded && ends(before, after, lang) {
            found.extend(trimmed(text, start..bound));
            start = bound;
            worded = false;
        }
    }
    let rest = text.get(start..).unwrap_or_default();
    match found.last_mut() {
        // What holds no word is the end of the sentence before: an ellipsis, an ornament.
        Some(last) if !rest.contains(char::is_alphanumeric) => {
            *last = last.start..text.trim_end().len();
        }
        _ => found.extend(trimmed(text, start..text.len())),
    }
    found
}

/// The range without white space at its edges, unless nothing else is in it.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let start = range.end - part.trim_start().len();
    let end = range.start + part.trim_end().len();
    (start < end).then_some(start..end)
}

/// The bounds of UAX #29 in a text and its end, in bytes, rising; besides them one in each run of
/// [`LONGEST_RUN`] or more characters that are no letters, figures or full stops.
fn bounds(text: &str) -> impl Iterator<Item = usize> {
    pieces(text).flat_map(|(offset, piece)| piece_bounds(piece).map(move |bound| offset + bound))
}

/// The bounds of UAX #29 in a text and its end, in bytes, rising.
///
/// The rules remember nothing of what stands before a bound, so they begin anew at each.
fn piece_bounds(text: &str) -> impl Iterator<Item = usize> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let near = rest.get(candidate(rest)..).unwrap_or_default();
        let len = near.split_sentence_bounds().next().map_or(0, str::len);
        start = text.len() - near.len() + len;
        Some(start)
    })
}

/// Where the first word begins that a bound of UAX #29 may stand behind, in bytes; the length of
/// the text where there is none.
///
/// No rule breaks before it has met a sign that ends sentences or paragraphs, and none looks
/// farther back from that sign than to the letter before it (SB7).
fn candidate(text: &str) -> usize {
    let sign = latin::with_leads(text, &ENDS).find(|&(_, c)| may_end(c));
    let Some((sign, _)) = sign else {
        return text.len();
    };
    let before = &text.as_bytes()[..sign];
    before.iter().rposition(|&b| b == b' ').map_or(0, |i| i + 1)
}

/// Whether UAX #29 may have a character end sentences or paragraphs (ATerm, STerm, Sep, CR, LF).
///
/// It has none between the letters of the Latin, Greek and Cyrillic scripts, nor among the quotation
/// marks, dashes and dots of General Punctuation but U+2024. What lies outside is not told apart.
const fn may_end(c: char) -> bool {
    !matches!(
        c,
        '\0'..='\t' | '\u{b}' | '\u{c}' | '\u{e}'..=' ' | '"'..='-' | '/'..='>' | '@'..='\u{84}'
            | '\u{86}'..='\u{52f}' | '\u{2000}'..='\u{2023}' | '\u{2025}'..='\u{2027}'
    )
}

/// The first bytes of the characters that may end sentences or paragraphs.
const ENDS: Leads = {
    let mut leads = [false; 256];
    let mut byte = 0;
    while byte < leads.len() {
        leads[byte] = match byte as u8 {
            ascii @ 0..0x80 => may_end(ascii as char),
            // Not the first ones, and those of U+00C0 to U+04FF.
            0x80..0xc0 | 0xc3..0xd4 => false,
            _ => true,
        };
        byte += 1;
    }
    leads
};

/// The text cut once in each long run of characters that are no letters, figures or full stops.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    // A long run, wherever it begins, holds one of these chunks as a whole.
    let mut chunks = text.as_bytes().chunks_exact(LONGEST_RUN / 2);
    let none = chunks.all(|chunk| chunk.iter().any(u8::is_ascii_alphanumeric));
    let mut start = 0;
    let mut run = 0_usize;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let mut chars = if none { "" } else { rest }.char_indices();
        let cut = chars.find_map(|(i, c)| {
            let stop = c.is_alphanumeric() || matches!(c, '.' | '\u{2024}' | '\u{fe52}' | '．');
            run = if stop { 0 } else { run + 1 };
            (run == LONGEST_RUN).then_some(i + c.len_utf8())
        });
        // The rest of the run begins the next piece, and the run is counted on: one cut a run.
        let piece = rest.get(..cut.unwrap_or(rest.len()))?;
        let offset = start;
        start += piece.len();
        Some((offset, piece))
    })
}

/// The first bytes of quotation marks.
const QUOTES: Leads = {
    let mut leads = [false; 256];
    leads[b'"' as usize] = true;
    // « and », and those of General Punctuation.
    leads[0xc2] = true;
    leads[0xe2] = true;
    leads
};

/// The quotation marks that are open at a place of a paragraph.
#[derive(Default)]
struct Quotes {
    /// An odd number of `"` was read.
    straight: bool,
    /// A `„` was read and no `“` or `”` since.
    low: bool,
    /// The guillemet that opened, `«` or `»`.
    guillemet: Option<char>,
}

impl Quotes {
    fn read(&mut self, text: &str) {
        for (_, c) in latin::with_leads(text, &QUOTES) {
            match c {
                '"' => self.straight = !self.straight,
                '„' => self.low = true,
                '“' | '”' => self.low = false,
                '«' | '»' => match self.guillemet {
                    None => self.guillemet = Some(c),
                    Some(open) if open != c => self.guillemet = None,
                    Some(_) => {}
                },
                _ => {}
            }
        }
    }

    /// The closing marks and white space that a text behind a bound begins with; they belong
    /// before it.
    fn closers<'t>(&self, text: &'t str) -> &'t str {
        let mut end = 0;
        let mut chars = text.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let apart = chars
                .peek()
                .is_none_or(|&(_, next)| !next.is_alphanumeric());
            if apart && self.closes(c) {
                end = i + c.len_utf8();
            } else if !c.is_whitespace() {
                break;
            }
        }
        text.get(..end).unwrap_or_default()
    }

    /// Whether a mark with white space around it closes rather than opens.
    fn closes(&self, c: char) -> bool {
        match c {
            ')' | ']' | '}' | '”' | '’' | '›' | '」' | '』' | '）' | '】' => true,
            '“' => self.low,
            '"' => self.straight,
            '»' => self.guillemet != Some('»'),
            '«' => self.guillemet == Some('»'),
            _ => false,
        }
    }
}

/// Whether the sentence read so far ends at the bound that it reaches.
fn ends(sentence: &str, after: &str, lang: Lang) -> bool {
    let before = tail(sentence);
    let core = without_closers(before);
    let Some(last) = core.chars().next_back().filter(|&c| is_final(c)) else {
        return false;
    };
    let gap = before.ends_with(char::is_whitespace) || after.starts_with(char::is_whitespace);
    let next = Next::of(after);
    if next.lower || next.continues {
        return false;
    }
    let closers = before.get(core.len()..).unwrap_or_default();
    let closed = closers.contains(is_closer);
    if closed && is_remark(core, closers) {
        return false;
    }
    match last {
        '.' => period_ends(&Period::of(sentence, core, closed, lang), &next, gap),
        _ => gap || !is_address(before),
    }
}

/// The end of a text, at most [`LOOK_BACK`] bytes of it.
fn tail(text: &str) -> &str {
    let far = text.len().saturating_sub(LOOK_BACK);
    let start = (far..=text.len()).find(|&i| text.is_char_boundary(i));
    start.and_then(|i| text.get(i..)).unwrap_or_default()
}

/// What stands behind a bound.
struct Next<'t> {
    /// The first word: letters and figures.
    word: &'t str,
    number: bool,
    lower: bool,
    /// Begins with a mark that no sentence begins with.
    continues: bool,
}

impl<'t> Next<'t> {
    fn of(after: &'t str) -> Self {
        let after = after.trim_start();
        let lead = |c: char| is_opener(c) || is_invisible(c) || c.is_whitespace();
        let skipped = after.chars().take(LONGEST_RUN).take_while(|&c| lead(c));
        let rest = after
            .get(skipped.map(char::len_utf8).sum()..)
            .unwrap_or_default();
        let letter = |c: char| c.is_alphanumeric() || is_combining_mark(c);
        let letters = rest.chars().take(LONGEST_RUN).take_while(|&c| letter(c));
        let word = rest
            .get(..letters.map(char::len_utf8).sum())
            .unwrap_or_default();
        Self {
            word,
            number: word.starts_with(|c: char| c.is_numeric()),
            lower: word.starts_with(char::is_lowercase),
            continues: after.starts_with([',', ';', ':']) || after.starts_with(is_final),
        }
    }
}

/// Whether a bracket holds nothing but the final marks: `(!)`, `[…]`.
fn is_remark(core: &str, closers: &str) -> bool {
    closers.starts_with([')', ']']) && core.trim_end_matches(is_final).ends_with(['(', '['])
}

/// Whether a text ends inside an address of the web or of mail.
fn is_address(before: &str) -> bool {
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    word.contains("://") || word.contains('@') || word.starts_with("www.")
}

/// A full stop and what stands before it.
struct Period<'t> {
    /// The text before the full stop, as far as it is looked at.
    text: &'t str,
    /// The word at the end of the text, without brackets and quotation marks before it.
    word: &'t str,
    /// The sentence holds nothing but the word.
    alone: bool,
    /// A closing mark stands behind the full stop.
    closed: bool,
    lang: Lang,
}

impl<'t> Period<'t> {
    fn of(sentence: &str, core: &'t str, closed: bool, lang: Lang) -> Self {
        let text = core.strip_suffix('.').unwrap_or(core);
        let word = last_word(text);
        // A sentence that is longer than what is looked at holds more than a word.
        let short = (sentence.len() <= LOOK_BACK).then_some(sentence);
        let lead = |c: char| c.is_whitespace() || is_opener(c) || is_invisible(c);
        let alone = short.is_some_and(|s| s.trim_start_matches(lead).starts_with(word))
            && text.trim_start_matches(lead) == word;
        Self {
            text,
            word,
            alone,
            closed,
            lang,
        }
    }

    /// The word before the last one.
    fn previous(&self) -> &'t str {
        let head = self.text.len() - self.word.len();
        last_word(self.text.get(..head).unwrap_or_default().trim_end())
    }

    /// What the list says of the last words, the longest abbreviation first.
    fn listed(&self) -> Option<Ends> {
        let mut starts = [self.text.len(); ABBREVIATION_WORDS];
        let mut count = 0;
        let mut rest = self.text;
        while count < ABBREVIATION_WORDS && (count == 0 || rest.ends_with('.')) {
            let word = last_word(rest);
            starts[count] = rest.len() - word.len();
            count += 1;
            rest = rest
                .get(..rest.len() - word.len())
                .unwrap_or_default()
                .trim_end();
        }
        (starts[..count].iter().rev())
            .filter_map(|&start| self.text.get(start..))
            .find_map(|words| abbreviation::ends(&plain(words), self.lang))
    }
}

/// The word at the end of a text, without opening marks before it; empty behind white space.
fn last_word(text: &str) -> &str {
    let apart = |c: char| c.is_whitespace() || is_opener(c) || c == '/' || c == '–' || c == '—';
    text.rsplit(apart).next().unwrap_or_default()
}

/// A word as the lists have it: composed, without white space and invisible marks.
fn plain(word: &str) -> Cow<'_, str> {
    let seen = |&c: &char| !c.is_whitespace() && !is_invisible(c);
    if (word.is_ascii() || is_nfc(word)) && word.chars().all(|c| seen(&c)) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.chars().filter(seen).nfc().collect())
}

/// Whether a full stop before a capital, a figure or no letter at all ends its sentence.
fn period_ends(period: &Period, next: &Next, gap: bool) -> bool {
    let Period { closed, lang, .. } = *period;
    let word = &*plain(period.word);
    let starter = abbreviation::is_starter(&plain(next.word), lang);
    if word.is_empty() || word.ends_with('.') {
        return gap;
    }
    if period.alone && is_enumerator(word) {
        return false;
    }
    if word
        .bytes()
        .all(|b| b.is_ascii_digit() || b".-/".contains(&b))
    {
        return gap && !(lang == Lang::DE && !starter && is_ordinal(period, next));
    }
    if !gap {
        return false;
    }
    let unit = period.previous().ends_with(|c: char| c.is_ascii_digit());
    if unit && word.chars().count() == 1 {
        return true;
    }
    match period.listed() {
        Some(Ends::Never) => return closed && starter,
        Some(Ends::UnlessNumber) => return !(next.number || is_roman(next.word)),
        Some(Ends::BeforeStarter) => return starter,
        Some(Ends::BeforeCapital) => return true,
        None => {}
    }
    if is_initials(word) {
        return starter || (word == "I" && lang == Lang::EN && !period.previous().is_empty());
    }
    if lang == Lang::DE && is_roman(word) {
        return starter;
    }
    !is_letter(word, lang)
}

/// Whether a word numbers what follows: `1`, `12`, `2.3`, `IV`, `B`.
fn is_enumerator(word: &str) -> bool {
    let figures = word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    figures || is_roman(word) || word.chars().count() == 1
}

/// Whether a German number with a full stop is an ordinal.
fn is_ordinal(period: &Period, next: &Next) -> bool {
    if period.closed || next.number {
        return false;
    }
    let number = period.word.rsplit(['.', '-', '/']).next();
    let small = number.is_some_and(|number| number.len() <= 2);
    abbreviation::is_german_counted(&plain(next.word))
        || (small && abbreviation::is_german_determiner(&plain(period.previous())))
}

/// Whether a word is a Roman numeral of two letters or more.
fn is_roman(word: &str) -> bool {
    (2..=8).contains(&word.len()) && word.bytes().all(|b| b"IVXLCM".contains(&b))
}

/// Whether a word is made of the first letters of names: `J`, `J.R`, `J.-P`, `U.S`, `Ph`.
fn is_initials(word: &str) -> bool {
    let initial = |part: &str| {
        let mut chars = part.chars();
        let capital = chars.next().is_some_and(char::is_uppercase);
        capital && (chars.next().is_none() || matches!(part, "Ch" | "Ph" | "Th"))
    };
    let parts = || word.split(['.', '-']).filter(|part| !part.is_empty());
    parts().next().is_some() && parts().all(initial)
}

/// Whether a word is a single small letter, which a full stop makes an abbreviation (`z. B.`),
/// but for those that are words.
fn is_letter(word: &str, lang: Lang) -> bool {
    let single = word.chars().count() == 1 && word.starts_with(char::is_lowercase);
    single && !(lang == Lang::EN || (lang == Lang::FR && matches!(word, "a" | "y" | "à")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts(text: &str, lang: Lang) -> Vec<&str> {
        let ranges = sentences(text, lang).into_iter();
        ranges.map(|range| &text[range]).collect()
    }

    /// Cases are written with `|` where a sentence ends.
    fn check(lang: Lang, cases: &[&str]) {
        for case in cases {
            let expected: Vec<&str> = case.split('|').map(str::trim).collect();
            let text = case.replace('|', "");
            assert_eq!(texts(&text, lang), expected, "{case:?}");
        }
    }

    #[test]
    fn english() {
        check(
            Lang::EN,
            &[
                "It rained. |We stayed in.",
                "Dr. Marsh met Mrs. Lane at St. Olave's. |They left.",
                "J. R. Marsh and Mary K. Lane wrote it.",
                "It was you and I. |Then he came.",
                "See No. 5 and p. 7. |No. |He said no. |I agreed.",
                "He likes pens, e.g. Parkers, i.e. Good ones. |They cost, etc. |Nobody cares.",
                "He likes pens, paper, etc. and ink.",
                "The U.S. Army came. |He lives in the U.S. |They do not.",
                "We met at 7 a.m. |The sun rose at 5.30 p.m. on the hill.",
                "It cost $3.50. |A litre was 5 m. |It ended.",
                "“Come!” she said. |“Why?” |He did not know.",
                "\"Come!\" she said. |\"Why?\" |He left.",
                "He thought … and thought ... then he left. |So did she.",
                "He left... |She stayed.",
                "See https://example.org/?Query=One.Two for more. |Write to a.b@example.org.",
                "It (really!) worked (see p. 5). |(It did.) |Good.",
                "The film (!) Was bad.",
                "1. Open the door. |2. Close it.",
                "Wrapped lines\nare joined\nHere too.\n|And cut here.",
                "He came . |She left . |\" Come ! \" she said . |\" No . \" |He left .",
                "Wow!!! |Really?! |Yes.",
                "He stopped. |[…] Then he went on.",
                "Stop. ***",
            ],
        );
    }

    #[test]
    fn french() {
        check(
            Lang::FR,
            &[
                "M. Dupré est venu. |Mme Lebrun aussi.",
                "Le prix est de 500 M. |Puis il baisse.",
                "« Viens ! » dit-il. |« Non. » |Elle part.",
                "«\u{a0}Viens\u{a0}!\u{a0}» |Il part.\u{a0}» |Fin.",
                "Il lit, p. ex. Balzac, c.-à-d. Tout. |Il dort.",
                "Voir p. 12 et n. 3. |Il y a. |Oui ?",
                "Il est né en 50 av. J.-C. |La ville aussi.",
                "Il est né en 50 av. J.-C. à Rome.",
                "Des pommes, des poires, etc. |Puis rien.",
                "L'éd. Durand a paru. |L'e\u{301}d. Durand aussi.",
                "Pourquoi ? |Parce que. |Quoi ? demanda-t-il.",
            ],
        );
    }

    #[test]
    fn german() {
        check(
            Lang::DE,
            &[
                "Am 3. Mai kam er. |Er blieb.",
                "Im 21. Jahrhundert ist das anders. |Seit dem 2. Spieltag auch.",
                "Er kam am 5. |Danach ging er. |Das war 1998. |Heute nicht.",
                "Die Tage vom 22.-25. Juni waren warm.",
                "Er mag Obst, z. B. Birnen, d. h. Früchte u. a. Äpfel. |Sie nicht.",
                "Er mag Obst, z.B. Birnen, usw. |Sie nicht.",
                "Das kostet 5 Mio. Euro. |Es waren 6 Mio. |Das war viel.",
                "Nr. 5 lebt. |Dr. h. c. Meier auch. |Im 5. Jh. v. Chr. Geburt. |Gut.",
                "„Komm!“, sagte sie. |„Wohin?“ |Er schwieg.",
                "„Komm!“ sagte sie. |»Nein.« |Er ging.",
                "Ludwig XIV. Frankreichs König. |Er starb.",
                "Das gilt i. d. R. Montags. |So ist es.",
                "„ Komm . “ |Er kam .",
            ],
        );
    }

    #[test]
    fn other_languages() {
        check("ja".parse().unwrap(), &["雨です。|家にいます。"]);
        check(
            "es".parse().unwrap(),
            &["¿Vienes? |¡No! |El Dr. Ruiz, J. Ruiz, sí."],
        );
        check(Lang::UND, &["1.", "…", "?!"]);
    }

    #[test]
    fn blank_texts_have_no_sentence() {
        for text in ["", " ", "\n\u{a0}\t"] {
            assert!(sentences(text, Lang::EN).is_empty(), "{text:?}");
        }
        assert_eq!(texts("\u{200b}", Lang::EN), ["\u{200b}"]);
    }

    #[test]
    fn long_texts_take_linear_time() {
        const LEN: usize = 1 << 16;
        for unit in [
            " ",
            ")",
            ". ",
            "\n",
            "a",
            "!",
            "A. ",
            "...",
            "(",
            "\u{200b}\n",
            "\u{301}",
        ] {
            let text = format!("A. {}", unit.repeat(LEN));
            assert!(!sentences(&text, Lang::DE).is_empty(), "{unit:?}");
        }
    }

    #[test]
    fn every_character_that_ends_sentences_is_a_candidate() {
        for c in '\0'..=char::MAX {
            let text = format!("a{c} A");
            let broken = text.split_sentence_bounds().count() > 1;
            assert!(may_end(c) || !broken, "{c:?}");
            let lead = text.as_bytes()[1];
            assert!(ENDS[usize::from(lead)] || !may_end(c), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn bounds_are_those_of_uax_29(
            text in "([\\PC]|[a-cA-Cä0-9 ]{1,4}|[\n\r\u{85}\u{2029}\t.!?…,;:\"«»„“”’()\u{a0}\u{ad}\u{301}\u{2024}\u{3002}]){0,40}",
        ) {
            let whole = text.split_sentence_bound_indices();
            let whole: Vec<usize> = whole.map(|(i, part)| i + part.len()).collect();
            prop_assert_eq!(piece_bounds(&text).collect::<Vec<_>>(), whole);
        }

        #[test]
        fn long_runs_are_cut_wherever_they_begin(
            text in "([a-c0-9é. ]{0,40}[(…é ]{60,70}){0,4}[a-c(]{0,70}",
        ) {
            let mut runs = 0;
            let mut run = 0;
            for c in text.chars() {
                run = if c.is_alphanumeric() || c == '.' { 0 } else { run + 1 };
                runs += usize::from(run == LONGEST_RUN);
            }
            let pieces: Vec<(usize, &str)> = pieces(&text).collect();
            let joined: String = pieces.iter().map(|(_, piece)| *piece).collect();
            prop_assert_eq!(&joined, &text);
            let cut_at_end = text.chars().next_back().is_some() && run == LONGEST_RUN;
            let expected = usize::from(!text.is_empty()) + runs - usize::from(cut_at_end);
            prop_assert_eq!(pieces.len(), expected);
        }

        #[test]
        fn ranges_rise_and_cover_all_but_white_space(
            text in "([\\PC]|[ \n\t.!?…\"«»„“”()a-cA-C0-9\u{a0}\u{ad}\u{200b}\u{301}]){0,60}",
            lang in prop::sample::select(vec![Lang::EN, Lang::FR, Lang::DE, Lang::UND]),
        ) {
            let found = sentences(&text, lang);
            let mut end = 0;
            for range in &found {
                prop_assert!(range.start < range.end, "{:?}", found);
                let between = text.get(end..range.start);
                prop_assert!(between.is_some_and(|between| between.trim().is_empty()), "{:?}", found);
                let sentence = text.get(range.clone());
                prop_assert!(sentence.is_some_and(|s| s.trim() == s), "{:?}", found);
                end = range.end;
            }
            prop_assert!(text.get(end..).is_some_and(|rest| rest.trim().is_empty()), "{:?}", found);
        }
    }
}
