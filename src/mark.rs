//! Classes of characters: what ends a sentence, what closes a quotation, what is not seen.

/// The byte order mark, which a file may begin with.
pub(crate) const BOM: char = '\u{feff}';

/// Whether a character takes no room and is no letter: zero-width and directional marks, the
/// soft hyphen, the byte order mark.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | BOM
    )
}

/// Whether nothing of a text is seen: it holds white space and invisible marks only.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Whether a character ends a sentence, in any script.
pub(crate) const fn is_final(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '‥'
            | '‼'..='‽'
            | '⁇'..='⁉'
            | '։'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '။'
            | '።'
            | '។'
            | '。'
            | '．'
            | '！'
            | '？'
            | '｡'
    )
}

/// Whether a character may stand behind the sign that ends a sentence and belong to it: closing
/// brackets, and quotation marks of all kinds, since one language closes with what another opens.
pub(crate) const fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '}' | '"' | '\'' | '«' | '»' | '‘'
            ..='‟' | '‹' | '›' | '」' | '』' | '）' | '】'
    )
}

/// Whether a character may stand before the first letter of a sentence.
pub(crate) const fn is_opener(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '¿' | '¡' | '「' | '『' | '（' | '【')
        || (is_closer(c) && !matches!(c, ')' | ']' | '}' | '」' | '』' | '）' | '】'))
}

/// Whether a text ends as a sentence ends, closing marks behind the final sign included.
pub(crate) fn ends_sentence(text: &str) -> bool {
    without_closers(text).ends_with(is_final)
}

/// The text without white space, closing marks and invisible marks at its end.
pub(crate) fn without_closers(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || is_closer(c) || is_invisible(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_ends() {
        for (text, expected) in [
            ("", false),
            ("Done.", true),
            ("Done", false),
            ("Done:", false),
            ("« Fini. »", true),
            ("« Fini\u{a0}! »\u{200b}", true),
            ("(Ende!)", true),
            ("„Ende“", false),
            ("and so on…", true),
            ("終わり。", true),
        ] {
            assert_eq!(ends_sentence(text), expected, "{text:?}");
        }
    }

    #[test]
    fn blank_texts() {
        for (text, expected) in [
            ("", true),
            (" \t\u{a0}\u{2003}", true),
            ("\u{feff}\u{200b}\u{200e}\u{202a}\u{ad}", true),
            ("\u{200b}.", false),
            ("\u{301}", false),
        ] {
            assert_eq!(is_blank(text), expected, "{text:?}");
        }
    }
}
