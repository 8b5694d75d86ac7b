//! The words of a text by UAX #29, as unicode-segmentation has them, at a fraction of the cost.
//!
//! Words of ASCII and Latin letters and digits with what may stand inside them, and the usual marks
//! between them, are found byte by byte. Wherever anything else stands, the text is left to
//! unicode-segmentation up to the next space: no word reaches over one.

use unicode_segmentation::UnicodeSegmentation;

use crate::latin;

/// What a text goes on with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Letter,
    Digit,
    /// An apostrophe or full stop: part of a word between two letters or two digits.
    Inside,
    /// A colon: likewise between two letters.
    InsideLetters,
    /// A comma or semicolon: likewise between two digits.
    InsideDigits,
    /// What parts words.
    Between,
    /// Anything that takes a closer look.
    Other,
}

/// Calls `found` with the beginning and the text of each word.
pub(super) fn words<'t>(text: &'t str, mut found: impl FnMut(usize, &'t str)) {
    let mut at = 0;
    // Where what stands before begins, and the spaces there if it is one: a mark may belong to it.
    let mut before = 0;
    while at < text.len() {
        let (next, len) = next(text, at);
        let (start, end) = match next {
            Next::Letter | Next::Digit => (at, end_of_word(text, at)),
            Next::Other => (before, None),
            _ => {
                let is_space = |at: usize| text.as_bytes()[at] == b' ';
                if !(is_space(at) && is_space(before)) {
                    before = at;
                }
                at += len;
                continue;
            }
        };
        if let Some(end) = end {
            found(at, &text[at..end]);
            at = end;
        } else {
            let rest = &text.as_bytes()[at..];
            let space = rest.iter().position(|&byte| byte == b' ');
            let end = space.map_or(text.len(), |space| at + space);
            for (offset, word) in text[start..end].unicode_word_indices() {
                found(start + offset, word);
            }
            at = end;
        }
        before = at;
    }
}

/// Where a word ends that begins with a letter or digit, unless that takes a closer look.
fn end_of_word(text: &str, start: usize) -> Option<usize> {
    let (mut last, len) = next(text, start);
    let mut end = start + len;
    loop {
        if last == Next::Letter {
            end += latin::ascii_letters(&text[end..]).len();
        }
        let (here, len) = next(text, end);
        match here {
            Next::Letter | Next::Digit => (last, end) = (here, end + len),
            Next::Between => return Some(end),
            Next::Other => return None,
            Next::Inside | Next::InsideLetters | Next::InsideDigits => {
                let (behind, next_len) = next(text, end + len);
                let joins = behind == last
                    && match last {
                        Next::Letter => here != Next::InsideDigits,
                        _ => here != Next::InsideLetters,
                    };
                match behind {
                    Next::Other => return None,
                    _ if joins => end += len + next_len,
                    _ => return Some(end),
                }
            }
        }
    }
}

/// What stands at a place of a text, and its bytes; the end of the text parts words.
fn next(text: &str, at: usize) -> (Next, usize) {
    let bytes = &text.as_bytes()[at..];
    let Some(&first) = bytes.first() else {
        return (Next::Between, 0);
    };
    let ascii = match first {
        b'a'..=b'z' | b'A'..=b'Z' => Next::Letter,
        b'0'..=b'9' => Next::Digit,
        b'\'' | b'.' => Next::Inside,
        b':' => Next::InsideLetters,
        b',' | b';' => Next::InsideDigits,
        b'_' | b'"' => Next::Other,
        0..0x80 => Next::Between,
        // Latin-1 and Latin Extended-A, but for × and ÷.
        0xc3 if !matches!(bytes[1], 0x97 | 0xb7) => return (Next::Letter, 2),
        0xc4 | 0xc5 => return (Next::Letter, 2),
        // No-break space, « and ».
        0xc2 if matches!(bytes[1], 0xa0 | 0xab | 0xbb) => return (Next::Between, 2),
        0xe2 if bytes[1] == 0x80 => {
            let mark = match bytes[2] {
                // – — “ ” „ …
                0x93 | 0x94 | 0x9c..=0x9e | 0xa6 => Next::Between,
                0x99 => Next::Inside, // ’
                _ => Next::Other,
            };
            return (mark, 3);
        }
        _ => Next::Other,
    };
    (ascii, 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<(usize, String)> {
        let mut all = Vec::new();
        words(text, |start, word| all.push((start, word.to_owned())));
        all
    }

    fn expected(text: &str) -> Vec<(usize, String)> {
        let words = text.unicode_word_indices();
        words
            .map(|(start, word)| (start, word.to_owned()))
            .collect()
    }

    #[test]
    fn all_short_texts_of_marked_characters() {
        let chars = [
            'a', 'é', '7', ' ', '.', '’', ':', ',', '_', '"', '-', '\u{301}', '\u{200d}', 'א',
            'か', '\n', '\r', '«', '\u{a0}', '\u{202f}', '\u{a8b4}',
        ];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            let longer = |text: &String| chars.map(|c| format!("{text}{c}"));
            texts = texts.iter().flat_map(longer).collect();
            for text in &texts {
                assert_eq!(found(text), expected(text), "{text:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text(text in "([a-zé]{1,4}|[0-9]|[ '’.,:;_\"“„«»…–\u{a0}-]|\\PC|[\u{300}\u{ad}\u{a8b4}א]){0,30}") {
            prop_assert_eq!(found(&text), expected(&text));
        }
    }
}
