//! Which language of markup a file is in.

use std::path::Path;

use super::Source;

impl Source {
    /// Reads the text as what the name of its file says: as a page in HTML or as Markdown by the
    /// extension, behind which may stand `.gz` or `.zst`. Where the name does not tell, a text that begins
    /// as a page is read as one, and any other stays plain text.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::{Segmenter, Source};
    ///
    /// let source = Source::new("# Opening hours\n").markup_of("en.md".as_ref());
    /// assert_eq!(Segmenter::new().version(source)?.text(), "Opening hours");
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    #[must_use]
    pub fn markup_of(self, file: &Path) -> Self {
        match Markup::of(file, &self.text) {
            Markup::Html => self.html(),
            Markup::Markdown => self.markdown(),
            Markup::None => self,
        }
    }
}

#[derive(PartialEq, Eq, Debug)]
enum Markup {
    Html,
    Markdown,
    None,
}

impl Markup {
    fn of(file: &Path, text: &str) -> Self {
        let extension = |file: &Path| {
            let extension = file.extension().and_then(|extension| extension.to_str());
            extension.map(str::to_ascii_lowercase).unwrap_or_default()
        };
        let mut found = extension(file);
        if let ("gz" | "zst", Some(stem)) = (&*found, file.file_stem()) {
            found = extension(stem.as_ref());
        }
        match &*found {
            "html" | "htm" | "xhtml" => Self::Html,
            "md" | "markdown" => Self::Markdown,
            _ if begins_as_page(text) => Self::Html,
            _ => Self::None,
        }
    }
}

/// Whether a text begins as a page in HTML does, behind white space, comments and the declaration of
/// XML; or with a block of one, and somewhere a tag ends what another began. `<p>` alone is also a
/// mark that aligners put into plain text.
fn begins_as_page(text: &str) -> bool {
    const PAGE: [&str; 4] = ["<!doctype html", "<html", "<head", "<body"];
    const BLOCKS: [&str; 15] = [
        "<main",
        "<article",
        "<section",
        "<header",
        "<nav",
        "<div",
        "<p",
        "<h1",
        "<h2",
        "<h3",
        "<ul",
        "<ol",
        "<table",
        "<blockquote",
        "<figure",
    ];
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some((open, close)) = [("<!--", "-->"), ("<?xml", "?>")]
        .into_iter()
        .find(|(open, _)| rest.starts_with(open))
    {
        let Some(end) = rest[open.len()..].find(close) else {
            return false;
        };
        rest = rest[open.len() + end + close.len()..].trim_start();
    }
    let begins = |tag: &str| {
        let begins = (rest.get(..tag.len())).is_some_and(|head| head.eq_ignore_ascii_case(tag));
        begins && !rest[tag.len()..].starts_with(|c: char| c.is_alphanumeric())
    };
    PAGE.iter().any(|tag| begins(tag))
        || (BLOCKS.iter().any(|tag| begins(tag)) && rest.contains("</"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs() {
        for (file, text, expected) in [
            ("a.txt", "text", Markup::None),
            ("a.HTML", "text", Markup::Html),
            ("a.b.xhtml", "", Markup::Html),
            ("a.md", "<html>", Markup::Markdown),
            ("a.markdown", "", Markup::Markdown),
            ("-", "<!DOCTYPE html>\n<p>", Markup::Html),
            (
                "a",
                "\u{feff} <?xml version='1.0'?>\n<!-- a -->\n<html lang=en>",
                Markup::Html,
            ),
            ("a", "<!-- a", Markup::None),
            ("a", "<header>", Markup::None),
            ("a", "<p>text", Markup::None),
            ("a", "<p>text</p>", Markup::Html),
            ("a", "é<html>", Markup::None),
        ] {
            assert_eq!(
                Markup::of(Path::new(file), text),
                expected,
                "{file}: {text}"
            );
        }
    }
}
