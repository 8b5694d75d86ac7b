//! Blocks: the lines of a plain text put together to paragraphs.
//!
//! Blank lines, form feeds and U+2029 always separate. Two lines with nothing between them are
//! joined where the break between them is one that a hard wrap at the width of the text makes:
//! the first word of the second line had no room on the first,
//! `chars(a) + 1 + chars(first word of b) > width`. The width is read from the text: lines that do
//! not end a sentence and are about equally long, some of which the next line continues in lower
//! case. A text without such lines is not wrapped, and each of its lines is a paragraph. Only
//! lines that begin with `>` make up one block however long they are.
//!
//! Time and space are linear in the text.

use std::ops::Range;

use crate::article::{Kind, Layout};
use crate::input::Block;
use crate::mark::{BOM, ends_sentence, is_blank, is_closer, is_final};

/// Narrowest and widest line that is taken for one made by a hard wrap, in characters: below are
/// menus and verses, above are paragraphs. Mail and editors wrap at 60 to 100.
const WIDTHS: std::ops::RangeInclusive<usize> = 32..=132;

/// How much shorter than the width a wrapped line may be, in characters: a long word and some.
const RAG: usize = 18;

/// Longest heading, in characters.
const HEADING: usize = 90;

fn block(text: &str, range: Range<usize>) -> Block {
    let kind = kind(text.get(range.clone()).unwrap_or_default());
    Block::new(range, kind)
}

/// Takes every line that is not blank for one block; lines end with `\n`, `\r\n` or `\r`.
pub(super) fn lines(text: &str) -> Vec<Block> {
    split(text, |c| (c == '\n' || c == '\r').then_some(Break::Line))
        .filter_map(|(range, _)| visible(text, range))
        .map(|range| block(text, range))
        .collect()
}

/// Finds the paragraphs of a plain text, and how its lines make them up.
///
/// Ranges rise, do not overlap, are not empty, and hold all of the text but white space, byte
/// order marks at the edges of lines, and lines of invisible marks only. A text without a visible
/// line has no blocks.
pub(super) fn blocks(text: &str) -> (Layout, Vec<Block>) {
    let lines = visible_lines(text);
    let wrap = Wrap::of(&lines);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut tally = Tally::default();
    let mut listed = false;
    for (i, line) in lines.iter().enumerate() {
        let above = i.checked_sub(1).map(|i| &lines[i]);
        let joined = above.is_some_and(|above| line.follows(above, wrap.as_ref(), listed));
        match ranges.last_mut() {
            Some(range) if joined => range.end = line.range.end,
            _ => {
                ranges.push(line.range.clone());
                listed = line.marker.is_some();
            }
        }
        match above {
            Some(_) if line.apart => tally.apart += 1,
            Some(_) if joined => tally.joined += 1,
            Some(_) => tally.separated += 1,
            None => {}
        }
    }
    let blocks = ranges.into_iter().map(|range| block(text, range));
    (tally.layout(), blocks.collect())
}

/// How many neighbouring lines have a blank line between them, were joined, were separated.
#[derive(Default)]
struct Tally {
    apart: usize,
    joined: usize,
    separated: usize,
}

impl Tally {
    const fn layout(&self) -> Layout {
        if self.apart > 0 && self.apart >= self.separated {
            Layout::BlankLines
        } else if self.joined > self.separated / 2 {
            Layout::HardWrapped
        } else {
            Layout::OnePerLine
        }
    }
}

/// What stands between two lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Break {
    Line,
    /// Separates paragraphs as a blank line does.
    Page,
}

const fn break_at(c: char) -> Option<Break> {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{85}' | '\u{2028}' => Some(Break::Line),
        '\u{c}' | '\u{2029}' => Some(Break::Page),
        _ => None,
    }
}

/// The lines of a text, each without the break behind it and with that break; `\r\n` is one
/// break. The last line has none.
fn split(
    text: &str,
    break_at: impl Fn(char) -> Option<Break>,
) -> impl Iterator<Item = (Range<usize>, Option<Break>)> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = text.get(start..)?;
        // What all breaks begin with.
        let may_begin = |&(_, byte): &(usize, u8)| matches!(byte, b'\n'..=b'\r' | 0xc2 | 0xe2);
        let found = (rest.bytes().enumerate().filter(may_begin)).find_map(|(i, _)| {
            let c = rest[i..].chars().next()?;
            Some((i, c, break_at(c)?))
        });
        let Some((len, c, found)) = found else {
            next = None;
            return Some((start..text.len(), None));
        };
        let end = start + len;
        let crlf = c == '\r' && text.as_bytes().get(end + 1) == Some(&b'\n');
        next = Some(end + c.len_utf8() + usize::from(crlf));
        Some((start..end, Some(found)))
    })
}

/// The range without white space and byte order marks at its edges, if anything in it is seen.
fn visible(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let line = text.get(range.clone())?;
    if is_blank(line) {
        return None;
    }
    let edge = |c: char| c.is_whitespace() || c == BOM;
    let start = range.end - line.trim_start_matches(edge).len();
    let end = range.start + line.trim_end_matches(edge).len();
    Some(start..end)
}

/// A line that is not blank, and what is asked of it.
struct Line {
    /// Without white space at its edges.
    range: Range<usize>,
    /// A blank line or a page break stands before it.
    apart: bool,
    /// Length in characters, with the white space before it.
    chars: usize,
    /// White space before it, in characters.
    indent: usize,
    /// Length of its first word, in characters.
    first_word: usize,
    /// Whether it ends as a sentence ends.
    ends: bool,
    /// Whether it goes on in lower case, or in letters that have no case.
    lower: bool,
    /// Whether it begins with `>`.
    quoted: bool,
    marker: Option<Marker>,
}

impl Line {
    /// Whether this line continues the paragraph of the line before it, which is an item of a
    /// list or not.
    fn follows(&self, above: &Self, wrap: Option<&Wrap>, listed: bool) -> bool {
        if self.apart || self.quoted != above.quoted {
            return false;
        }
        self.quoted || wrap.is_some_and(|wrap| wrap.joins(above, self, listed))
    }
}

fn visible_lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut apart = false;
    for (range, end) in split(text, break_at) {
        if let Some(seen) = visible(text, range.clone()) {
            let line = text.get(seen.clone()).unwrap_or_default();
            let indent = text.get(range.start..seen.start).unwrap_or_default();
            let indent = indent.chars().filter(|&c| c != BOM).count();
            let first = line.chars().find(|&c| c.is_alphanumeric() || !is_closer(c));
            lines.push(Line {
                apart,
                chars: indent + line.chars().count(),
                indent,
                first_word: line.chars().take_while(|&c| !breaks(c)).count(),
                ends: ends_sentence(line),
                lower: first.is_some_and(|c| c.is_alphabetic() && !c.is_uppercase()),
                quoted: line.starts_with('>'),
                marker: marker(line),
                range: seen,
            });
            apart = end == Some(Break::Page);
        } else {
            apart = true;
        }
    }
    lines
}

/// Whether a line may be wrapped at a character: white space, but for the no-break spaces.
const fn breaks(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// How the lines of a text were wrapped.
#[derive(Debug)]
struct Wrap {
    /// Length of the longest wrapped line, in characters.
    width: usize,
    /// How much shorter lines may be than a wrap that fills them makes them: 0 where the text was
    /// wrapped by a program that puts on a line what it holds.
    slack: usize,
}

impl Wrap {
    /// Reads the width from the lines that do not end a sentence and have another right below.
    ///
    /// `None` where the text is not wrapped: no such lines, more lines that are longer, or too
    /// few that go on in lower case (a list of headlines is about equally long, too).
    fn of(lines: &[Line]) -> Option<Self> {
        let pairs = || {
            lines
                .iter()
                .zip(lines.iter().skip(1))
                .filter(|(_, b)| !b.apart)
        };
        let open = || pairs().filter(|(a, b)| !a.ends && b.marker.is_none());
        let mut counts = vec![0_usize; WIDTHS.end() + 1];
        for (a, _) in open().filter(|(a, _)| WIDTHS.contains(&a.chars)) {
            counts[a.chars] += 1;
        }
        let (width, full) = (WIDTHS.filter(|&width| counts[width] > 0))
            .map(|width| (width, counts[width + 1 - RAG..=width].iter().sum::<usize>()))
            .max_by_key(|&(_, full)| full)?;

        let going_on = || open().filter(|(a, b)| b.lower && within(a.chars, width));
        let longer = pairs().filter(|(a, _)| a.chars > width + RAG).count();
        if longer > full || going_on().count() * 4 < full {
            return None;
        }
        let short_of = |(a, b): (&Line, &Line)| (width + 1).saturating_sub(reach(a, b));
        let mut short: Vec<usize> = going_on().map(short_of).collect();
        short.sort_unstable();
        // One line in twenty may have been broken by hand.
        let slack = *short.get(short.len().saturating_sub(1) * 19 / 20)?;
        Some(Self { width, slack })
    }

    /// Whether the break between line `a` and the line `b` right below it is one of the wrap.
    fn joins(&self, a: &Line, b: &Line, listed: bool) -> bool {
        if a.chars.max(b.chars) > self.width + RAG {
            return false;
        }
        let full = reach(a, b) + self.slack > self.width;
        let goes_on = !a.ends && b.lower && reach(a, b) * 2 > self.width;
        match b.marker {
            Some(Marker::Number | Marker::Dash) => full && !a.ends && !listed,
            Some(Marker::Bullet) => false,
            None if a.ends => full && b.indent <= a.indent,
            None => full || goes_on,
        }
    }
}

/// Whether a line is as long as wrapped lines are.
const fn within(chars: usize, width: usize) -> bool {
    chars <= width && chars + RAG > width
}

/// Length of line `a` with the first word of line `b` behind it.
const fn reach(a: &Line, b: &Line) -> usize {
    a.chars + 1 + b.first_word
}

/// What an item of a list begins with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Marker {
    Bullet,
    /// A bullet that may as well be a dash of a sentence.
    Dash,
    Number,
}

/// The marker that a line begins with, if it is an item of a list.
fn marker(line: &str) -> Option<Marker> {
    let (head, rest) = match line.split_once(char::is_whitespace) {
        Some((head, rest)) => (head, rest),
        None => (line, ""),
    };
    match head {
        "*" | "•" | "‣" | "◦" | "▪" | "■" | "●" | "∙" | "⁃" | "·" => rest
            .contains(char::is_alphanumeric)
            .then_some(Marker::Bullet),
        // A second dash closes an aside: the first is no bullet then.
        "-" | "–" => {
            let aside = rest.split_whitespace().any(|word| word == head);
            (!aside && rest.contains(char::is_alphanumeric)).then_some(Marker::Dash)
        }
        _ => is_number(head).then_some(Marker::Number),
    }
}

/// Whether a word is the number of an item: `1.`, `1)`, `(1)`, `a)`, `(a)`.
fn is_number(word: &str) -> bool {
    let inner = word.strip_prefix('(').unwrap_or(word);
    let Some(inner) = inner.strip_suffix([')', '.']) else {
        return false;
    };
    let digits = (1..=3).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit());
    let letter = inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_alphabetic());
    digits || (letter && word.ends_with(')'))
}

/// What a paragraph is, told by its text alone.
fn kind(text: &str) -> Kind {
    if text.starts_with('>') || is_quotation(text) {
        Kind::Quote
    } else if marker(text).is_some() {
        Kind::ListItem
    } else if is_heading(text) {
        Kind::Heading
    } else {
        Kind::Body
    }
}

/// Whether one pair of quotation marks holds the whole text.
fn is_quotation(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(first), Some(last)) = (chars.next(), chars.next_back()) else {
        return false;
    };
    let pair = match first {
        '“' => last == '”',
        '„' => matches!(last, '“' | '”'),
        '«' => last == '»',
        '»' => last == '«',
        '"' => last == '"',
        _ => false,
    };
    pair && !chars.as_str().contains([first, last])
}

/// Whether a text is short and does not end as a sentence does.
fn is_heading(text: &str) -> bool {
    let short = text.chars().nth(HEADING).is_none();
    let stop = |c: char| is_final(c) || c == ',' || c == ';';
    let open = !text.trim_end_matches(is_closer).trim_end().ends_with(stop);
    short && open && text.contains(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mark::is_invisible;
    use proptest::prelude::*;

    fn texts<'t>(text: &'t str, blocks: &[Block]) -> Vec<&'t str> {
        blocks
            .iter()
            .map(|block| &text[block.range.clone()])
            .collect()
    }

    #[test]
    fn separators() {
        for (name, text, layout, expected) in [
            ("nothing", "", Layout::OnePerLine, &[][..]),
            (
                "blank",
                " \n\u{feff}\n\u{200b}\r\n",
                Layout::OnePerLine,
                &[],
            ),
            ("one line", "One.", Layout::OnePerLine, &["One."]),
            (
                "lines",
                "One.\nTwo.\n",
                Layout::OnePerLine,
                &["One.", "Two."],
            ),
            (
                "blank lines",
                "One.\n\n\nTwo.",
                Layout::BlankLines,
                &["One.", "Two."],
            ),
            (
                "crlf",
                "\u{feff}One.\r\n\r\nTwo.\r\n",
                Layout::BlankLines,
                &["One.", "Two."],
            ),
            (
                "crlf lines",
                "One.\r\nTwo.",
                Layout::OnePerLine,
                &["One.", "Two."],
            ),
            (
                "lone cr",
                "One.\rTwo.\r\rThree.",
                Layout::BlankLines,
                &["One.", "Two.", "Three."],
            ),
            (
                "form feed",
                "One.\u{c}Two.",
                Layout::BlankLines,
                &["One.", "Two."],
            ),
            (
                "paragraph mark",
                "One.\u{2029}Two.",
                Layout::BlankLines,
                &["One.", "Two."],
            ),
            (
                "line marks",
                "One.\u{2028}Two.\u{85}Three.\u{b}Four.",
                Layout::OnePerLine,
                &["One.", "Two.", "Three.", "Four."],
            ),
            (
                "invisible line",
                "One.\n\u{200e}\u{a0}\nTwo.",
                Layout::BlankLines,
                &["One.", "Two."],
            ),
            (
                "edges",
                " \u{a0}One. \u{feff}\n\tTwo.",
                Layout::OnePerLine,
                &["One.", "Two."],
            ),
        ] {
            let (found, blocks) = blocks(text);
            assert_eq!(texts(text, &blocks), expected, "{name}: {text:?}");
            assert_eq!(found, layout, "{name}: {text:?}");
        }
    }

    /// Lines that a wrap at 44 made of two paragraphs below a title.
    const WRAPPED: [&str; 8] = [
        "The hedge",
        "A hedge wants to be cut twice a year, once",
        "in June and once in autumn, when the birds",
        "have left it. A sharp pair of shears will",
        "do.",
        "Most gardeners wait too long and find that",
        "the hedge has grown over the path and into",
        "the windows of the house.",
    ];

    #[test]
    fn wrapped_lines() {
        let lines = WRAPPED;
        let joined = |from: usize, to: usize, end: &str| lines[from..to].join(end);
        for (name, text, layout, expected) in [
            (
                "without blank lines",
                lines.join("\n"),
                Layout::HardWrapped,
                vec![joined(0, 1, "\n"), joined(1, 5, "\n"), joined(5, 8, "\n")],
            ),
            (
                "with blank lines",
                [
                    joined(0, 1, "\r\n"),
                    joined(1, 5, "\r\n"),
                    joined(5, 8, "\r\n"),
                ]
                .join("\r\n\r\n"),
                Layout::BlankLines,
                vec![
                    joined(0, 1, "\r\n"),
                    joined(1, 5, "\r\n"),
                    joined(5, 8, "\r\n"),
                ],
            ),
            (
                "a title right above, items below",
                [&joined(0, 5, "\n"), "", "- shears", "- gloves"].join("\n"),
                Layout::HardWrapped,
                vec![
                    joined(0, 1, "\n"),
                    joined(1, 5, "\n"),
                    "- shears".into(),
                    "- gloves".into(),
                ],
            ),
            (
                "an item that is wrapped",
                [
                    "- A hedge wants to be cut twice a year, or",
                    "  more often",
                    "- Gloves",
                ]
                .join("\n"),
                Layout::HardWrapped,
                vec![
                    "- A hedge wants to be cut twice a year, or\n  more often".into(),
                    "- Gloves".into(),
                ],
            ),
        ] {
            let (found, blocks) = blocks(&text);
            assert_eq!(texts(&text, &blocks), expected, "{name}: {text:?}");
            assert_eq!(found, layout, "{name}: {text:?}");
        }
    }

    #[test]
    fn lines_that_are_paragraphs() {
        let long = "A hedge wants to be cut, and that takes time and shears. ".repeat(4);
        let title_then_lines = format!("The hedge\n\n{long}\nShears\n{long}\n{long}\n");
        let (layout, found) = blocks(&title_then_lines);
        assert_eq!((layout, found.len()), (Layout::OnePerLine, 5));

        let within_blocks = format!("{long}\n{long}\n\nShears\n\n{long}\n{long}\n\nEnd\n");
        let (layout, found) = blocks(&within_blocks);
        assert_eq!((layout, found.len()), (Layout::BlankLines, 6));

        let short_above = "Title\n\nhow to cut a hedge in autumn and spring\n\
            Related. What you should know before you cut the hedge of your neighbour\n\nEnd";
        assert_eq!(blocks(short_above).1.len(), 4);

        let headlines = "How to cut the hedge of your neighbour\n\
            What the hedge tells about your house\nWhy Anna Marsh never cuts her hedges\n\
            Ten pairs of shears under test again";
        assert_eq!(blocks(headlines).1.len(), 4);
    }

    #[test]
    fn lines_as_told() {
        let text = "\u{feff}One\u{2028}more\n \r\nTwo\u{c}\rThree";
        assert_eq!(
            texts(text, &lines(text)),
            ["One\u{2028}more", "Two", "Three"]
        );
    }

    #[test]
    fn kinds() {
        for (text, expected) in [
            ("The hedge", Kind::Heading),
            ("Question:", Kind::Heading),
            ("Why cut it?", Kind::Body),
            ("It is cut.", Kind::Body),
            ("12", Kind::Body),
            ("***", Kind::Body),
            ("- shears", Kind::ListItem),
            ("• shears", Kind::ListItem),
            ("– shears", Kind::ListItem),
            ("– Anzeige –", Kind::Heading),
            ("– Come – she said.", Kind::Body),
            ("-", Kind::Body),
            ("1.", Kind::ListItem),
            ("1. Cut.", Kind::ListItem),
            ("a) cut", Kind::ListItem),
            ("(12) cut", Kind::ListItem),
            ("1.5 metres", Kind::Heading),
            ("2024. It was a dry year.", Kind::Body),
            ("> quoted", Kind::Quote),
            ("“Cut it.”", Kind::Quote),
            ("„Schneide sie.“", Kind::Quote),
            ("«\u{a0}Coupez-la.\u{a0}»", Kind::Quote),
            ("“Cut it,” he said, “now.”", Kind::Body),
            ("\"Cut\" and \"cut.\"", Kind::Body),
        ] {
            assert_eq!(kind(text), expected, "{text:?}");
        }
    }

    #[test]
    fn quoted_lines_are_one_block() {
        let text = "He wrote:\n> Cut it.\n> Now.\nI did.";
        let (_, found) = blocks(text);
        assert_eq!(
            texts(text, &found),
            ["He wrote:", "> Cut it.\n> Now.", "I did."]
        );
    }

    #[test]
    fn a_number_alone_is_a_block() {
        let text = format!("{}\n\n1.\nCut the hedge.", WRAPPED.join("\n"));
        let (_, found) = blocks(&text);
        assert_eq!(texts(&text, &found)[3..], ["1.", "Cut the hedge."]);
    }

    #[test]
    fn long_texts_take_linear_time() {
        let line = "word ".repeat(1 << 18);
        assert_eq!(blocks(&line).1.len(), 1);
        let letters = "a\n".repeat(1 << 18);
        assert_eq!(blocks(&letters).1.len(), 1 << 18);
        assert_eq!(lines(&letters).len(), 1 << 18);
    }

    proptest! {
        #[test]
        fn ranges_rise_and_cover_what_is_seen(
            text in "([\\PC]|[ \n\r\t.,>*\u{b}\u{c}\u{85}\u{2028}\u{2029}\u{feff}\u{200b}a-cA-C1]){0,80}",
        ) {
            for found in [blocks(&text).1, lines(&text)] {
                let mut end = 0;
                for Block { range, .. } in &found {
                    prop_assert!(range.start < range.end, "{:?}", found);
                    let between = text.get(end..range.start);
                    let unseen = |c: char| c.is_whitespace() || is_invisible(c);
                    prop_assert!(between.is_some_and(|b| b.chars().all(unseen)), "{:?}", found);
                    let block = text.get(range.clone()).unwrap_or_default();
                    prop_assert!(block.trim() == block && !block.starts_with(BOM), "{:?}", found);
                    prop_assert!(!is_blank(block), "{:?}", found);
                    end = range.end;
                }
                prop_assert!(text.get(end..).is_some_and(is_blank), "{:?}", found);
            }
        }
    }
}
