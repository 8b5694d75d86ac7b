//! Text broken into lines of a given width, counted in terminal columns.

use std::mem;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Breaks a text into lines of at most `width` columns, between words where they fit, otherwise
/// between grapheme clusters. White space is folded, but no-break spaces hold. Without words
/// there are no lines.
///
/// A cluster that alone is wider than `width` has a line of its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let text = shown(text);
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    for word in text.split(is_break).filter(|word| !word.is_empty()) {
        let wide = word.width();
        if !line.is_empty() && used + 1 + wide <= width {
            line.push(' ');
            line.push_str(word);
            used += 1 + wide;
            continue;
        }
        if !line.is_empty() {
            lines.push(mem::take(&mut line));
            used = 0;
        }
        if wide <= width {
            line.push_str(word);
            used = wide;
            continue;
        }
        for cluster in word.graphemes(true) {
            let wide = cluster.width();
            if used + wide > width && !line.is_empty() {
                lines.push(mem::take(&mut line));
                used = 0;
            }
            line.push_str(cluster);
            used += wide;
        }
    }
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    lines
}

/// The first line of a text, with an ellipsis where more follows; at most `width` columns.
pub(crate) fn cut(text: &str, width: usize) -> String {
    let mut lines = wrap(text, width);
    if lines.len() > 1 {
        lines = wrap(text, width.saturating_sub(2));
        lines[0].push_str(" …");
    }
    lines.into_iter().next().unwrap_or_default()
}

/// Fills a line with spaces up to `width` columns.
pub(crate) fn pad(line: &str, width: usize) -> String {
    let spaces = width.saturating_sub(line.width());
    format!("{line}{:spaces$}", "")
}

/// A text that a terminal shows as it is meant: without what it might take for a command, and
/// without marks that are not seen but that change where the rest stands.
fn shown(text: &str) -> String {
    let hidden = |c: char| {
        matches!(c, '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{feff}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let show = |c: char| match c {
        c if c.is_control() && !c.is_whitespace() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().filter(|&c| !hidden(c)).map(show).collect()
}

fn is_break(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        for (name, text, width, expected) in [
            ("nothing", " \n", 5, vec![]),
            ("fits", "one two", 7, vec!["one two"]),
            (
                "between words",
                "one two three",
                7,
                vec!["one two", "three"],
            ),
            (
                "white space",
                " one\t\n two\u{2028}three",
                20,
                vec!["one two three"],
            ),
            (
                "no-break space",
                "« oui\u{a0}» non",
                7,
                vec!["« oui\u{a0}»", "non"],
            ),
            (
                "long word",
                "a Donaudampfschiff b",
                6,
                vec!["a", "Donaud", "ampfsc", "hiff b"],
            ),
            (
                "wide characters",
                "日本語の文",
                5,
                vec!["日本", "語の", "文"],
            ),
            (
                "clusters",
                "e\u{301}e\u{301}e\u{301}",
                2,
                vec!["e\u{301}e\u{301}", "e\u{301}"],
            ),
            ("too narrow", "日本", 1, vec!["日", "本"]),
            (
                "commands",
                "\u{1b}[2Jx\u{7f}",
                20,
                vec!["\u{fffd}[2Jx\u{fffd}"],
            ),
            (
                "unseen marks",
                "ver\u{ad}reg\u{202e}net\u{feff}",
                20,
                vec!["verregnet"],
            ),
        ] {
            assert_eq!(wrap(text, width), expected, "{name}: {text:?}");
        }
    }

    #[test]
    fn cut_lines() {
        for (text, width, expected) in [
            ("one two", 7, "one two"),
            ("one two three", 9, "one two …"),
            ("one two three", 8, "one …"),
            ("", 5, ""),
        ] {
            assert_eq!(cut(text, width), expected, "{text:?}");
        }
    }

    #[test]
    fn padding() {
        assert_eq!(pad("日", 4), "日  ");
        assert_eq!(pad("four", 2), "four");
    }
}
