//! [`FrontMatter`]: what a text in Markdown says of itself before it begins.

use std::ops::Range;

use super::language;
use crate::lang::Lang;
use crate::mark::BOM;

/// What the keys say that are heeded; of one that stands twice, the first counts.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub(super) lang: Option<Lang>,
    pub(super) url: Option<String>,
    pub(super) licence: Option<String>,
    /// Where the text behind it begins, in bytes.
    pub(super) end: usize,
}

impl FrontMatter {
    /// Reads the lines between two lines `---` (YAML) or `+++` (TOML) that a text begins with. Only
    /// plain values of keys on the outermost level are read.
    pub(super) fn read(source: &str) -> Self {
        let begin = source.len() - source.trim_start_matches(BOM).len();
        let mut lines = lines(source, begin);
        let (fence, sign) = match lines.next().map(|line| source[line].trim_end()) {
            Some("---") => ("---", ':'),
            Some("+++") => ("+++", '='),
            _ => return Self::default(),
        };
        let mut found = Self::default();
        let mut any = false;
        for line in lines {
            let text = source[line.clone()].trim_end();
            if text == fence || (text == "..." && fence == "---") {
                // Between two rules without a key stands text.
                found.end = line.end;
                return if any { found } else { Self::default() };
            }
            if let Some((key, value)) = text.split_once(sign) {
                any = true;
                found.set(key, plain(value));
            }
        }
        Self::default()
    }

    fn set(&mut self, key: &str, value: &str) {
        let text = || Some(value.to_owned()).filter(|value| !value.is_empty());
        // A key with white space before it belongs to another.
        match key.trim_end() {
            "lang" | "language" => self.lang = self.lang.or_else(|| language::of_tag(value)),
            "url" => self.url = self.url.take().or_else(text),
            "licence" | "license" => self.licence = self.licence.take().or_else(text),
            _ => {}
        }
    }
}

/// The lines of a text from an offset on, each with its end.
fn lines(text: &str, mut at: usize) -> impl Iterator<Item = Range<usize>> {
    text[at..].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        start..at
    })
}

/// A value without quotation marks, or without the comment behind it.
fn plain(value: &str) -> &str {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.split(quote).next().unwrap_or_default();
        }
    }
    value.split(" #").next().unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        for (source, expected) in [
            ("", (None, None, None, "")),
            ("text", (None, None, None, "text")),
            (
                "---\nlang: fr # French\nurl: \"https://example.org/#a\"\nlicense: CC BY 4.0\n---\ntext",
                (
                    Some(Lang::FR),
                    Some("https://example.org/#a"),
                    Some("CC BY 4.0"),
                    "text",
                ),
            ),
            (
                "\u{feff}+++\r\nlanguage = 'de-AT'\r\nlicence = \"\"\r\n+++\r\ntext",
                (Some(Lang::DE), None, None, "text"),
            ),
            ("---\ntitle: a\n...\ntext", (None, None, None, "text")),
            (
                "---\nmenu:\n  lang: de\n---\ntext",
                (None, None, None, "text"),
            ),
            (
                "---\nlang: a\nlang: en\n---\n",
                (Some(Lang::EN), None, None, ""),
            ),
            ("---\ntext\n---\n", (None, None, None, "---\ntext\n---\n")),
            (
                "---\nlang: de\ntext",
                (None, None, None, "---\nlang: de\ntext"),
            ),
            (
                "\n---\nlang: de\n---\n",
                (None, None, None, "\n---\nlang: de\n---\n"),
            ),
        ] {
            let found = FrontMatter::read(source);
            let FrontMatter {
                lang,
                url,
                licence,
                end,
            } = &found;
            let found = (*lang, url.as_deref(), licence.as_deref(), &source[*end..]);
            assert_eq!(found, expected, "{source:?}");
        }
    }
}
