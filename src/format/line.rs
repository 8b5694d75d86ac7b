//! A segment as one line: what formats of one segment a line share.

use std::io::{self, Write};

use super::{Loss, Losses};
use crate::alignment::BeadOf;

/// Whether a character ends a line for any reader of lines, or a column.
const fn is_break(c: char) -> bool {
    matches!(
        c,
        '\t'..='\r' | '\u{1c}'..='\u{1f}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether a byte may begin a character that is a break: controls, and what `\u{85}` and
/// `\u{2028}` begin with.
const fn may_break(byte: u8) -> bool {
    byte < b' ' || byte == 0xc2 || byte == 0xe2
}

/// Writes a text with every run of white space that holds a break as one space, and none at
/// the edges; other white space stays, such as the no-break space before a French colon. Counts the text among the losses if
/// there was such a run.
pub(super) fn write_text(
    out: &mut (impl Write + ?Sized),
    text: &str,
    losses: &mut Losses,
) -> io::Result<()> {
    let may = text.bytes().any(may_break);
    if !may || !text.contains(is_break) {
        return out.write_all(text.as_bytes());
    }
    losses.add(Loss::WhiteSpace, 1);
    let is_space = |c: char| c.is_whitespace() || is_break(c);
    let mut rest = text.trim_matches(is_space);
    while let Some(at) = rest.find(is_break) {
        out.write_all(rest[..at].trim_end_matches(is_space).as_bytes())?;
        out.write_all(b" ")?;
        rest = rest[at..].trim_start_matches(is_space);
    }
    out.write_all(rest.as_bytes())
}

/// Writes the segments of a bead in a version as one line, `joint` between them, without the end of
/// the line.
pub(super) fn write_cell(
    out: &mut (impl Write + ?Sized),
    bead: &BeadOf<'_>,
    version: usize,
    joint: &str,
    losses: &mut Losses,
) -> io::Result<()> {
    for (i, text) in bead.segments_of(version).enumerate() {
        if i > 0 {
            out.write_all(joint.as_bytes())?;
        }
        write_text(out, text, losses)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        for (text, expected, folded) in [
            ("plain  text", "plain  text", 0),
            ("é\u{a0}: ô “x”", "é\u{a0}: ô “x”", 0),
            ("a\nb", "a b", 1),
            ("a \r\n\t b\u{2028}c", "a b c", 1),
            ("a\u{85}\u{a0}b", "a b", 1),
            ("\ta\n", "a", 1),
            ("a\u{1c}b", "a b", 1),
            ("", "", 0),
            ("\n", "", 1),
        ] {
            let (mut out, mut losses) = (Vec::new(), Losses::default());
            write_text(&mut out, text, &mut losses).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{text:?}");
            assert_eq!(losses.count(Loss::WhiteSpace), folded, "{text:?}");
        }
    }
}
