//! [`Source`]: one version of an article as it comes in.

use crate::article::{Origin, Unit};
use crate::error::{Error, ErrorKind};
use crate::lang::Lang;

mod block;
#[cfg_attr(
    not(any(feature = "html", feature = "markdown")),
    expect(dead_code, reason = "no markup is read")
)]
mod document;
#[cfg(feature = "encodings")]
mod encoding;
#[cfg(feature = "markdown")]
mod front_matter;
#[cfg(all(feature = "html", feature = "markdown"))]
mod guess;
#[cfg(feature = "html")]
mod html;
#[cfg(any(feature = "html", feature = "markdown"))]
mod language;
#[cfg(feature = "markdown")]
mod markdown;
mod place;

pub(crate) use block::Block;
pub(crate) use document::Document;
#[cfg(feature = "encodings")]
pub use encoding::Encoding;
pub(crate) use place::Places;

/// One version of an article as it comes in: a text, and what the caller knows of it.
///
/// Strings convert into a source of which nothing is known.
///
/// # Examples
///
/// ```
/// use triglyph::{Article, Lang, Source};
///
/// let article = Article::detect([
///     Source::new("Good morning.").name("en.txt"),
///     Source::new("Guten Morgen.").name("de.txt").lang(Lang::DE),
/// ])?;
/// assert_eq!(article.versions()[1].name(), "de.txt");
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    pub(crate) name: Option<String>,
    pub(crate) text: String,
    pub(crate) lang: Option<Lang>,
    pub(crate) form: Form,
    pub(crate) main_content: bool,
    pub(crate) origin: Box<Origin>,
}

/// What a text is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Form {
    /// Plain text whose layout is found out.
    Plain,
    /// Plain text with one segment on every line.
    Lines(Unit),
    #[cfg_attr(
        not(any(feature = "html", feature = "markdown")),
        expect(dead_code, reason = "no markup is read")
    )]
    Markup(Markup),
}

/// A language of markup.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Markup {
    #[cfg(feature = "html")]
    Html,
    #[cfg(feature = "markdown")]
    Markdown,
}

impl Markup {
    /// Reads a text, of a page only the main content where that is all that is wanted.
    #[cfg_attr(
        not(feature = "html"),
        expect(unused_variables, reason = "other markup is read as a whole")
    )]
    pub(crate) fn read(self, text: &str, main_content: bool) -> Document {
        match self {
            #[cfg(feature = "html")]
            Self::Html => html::read(text, main_content),
            #[cfg(feature = "markdown")]
            Self::Markdown => markdown::read(text),
        }
    }
}

impl Source {
    /// Takes a plain text of unknown language and layout.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            name: None,
            text: text.into(),
            lang: None,
            form: Form::Plain,
            main_content: false,
            origin: Box::default(),
        }
    }

    /// Takes the bytes of a file, which must be UTF-8, with or without a byte order mark.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::InvalidUtf8`] or, where the bytes hold a NUL, [`ErrorKind::Binary`]; both
    /// name the file and the offset.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Error> {
        let version = name.into();
        if let Some(offset) = bytes.iter().position(|&b| b == 0) {
            return Err(ErrorKind::Binary { version, offset }.into());
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(text).name(version)),
            Err(e) => {
                let offset = e.utf8_error().valid_up_to();
                Err(ErrorKind::InvalidUtf8 { version, offset }.into())
            }
        }
    }

    /// The text, as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Names the version; otherwise it is called by its number among the versions, from 1.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Tells the language, which is then not detected.
    #[must_use]
    pub const fn lang(mut self, lang: Lang) -> Self {
        self.lang = Some(lang);
        self
    }

    /// Tells where the version was found.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.origin.url = Some(url.into());
        self
    }

    /// Tells the terms that the version is under.
    #[must_use]
    pub fn licence(mut self, licence: impl Into<String>) -> Self {
        self.origin.licence = Some(licence.into());
        self
    }

    /// Tells that every line that is not blank is one segment: a paragraph, which is then split
    /// into sentences, or a sentence, which is not.
    ///
    /// Lines end with `\n`, `\r\n` or `\r`. The source is plain text then, and not in markup.
    #[must_use]
    pub const fn lines(mut self, unit: Unit) -> Self {
        self.form = Form::Lines(unit);
        self
    }

    /// Tells that the text is a page in HTML.
    ///
    /// The text of the version is then that of the page's blocks, a blank line between them: what a
    /// browser shows, with white space folded as it does. Paragraphs have their
    /// [kinds](crate::Kind) by the elements that they stand in, and [places](crate::Version::place) in
    /// the source. Boilerplate is marked by structure as well as by its words: menus, feet, notices
    /// about cookies and so on, by the names, roles, classes and ids of elements and by the share of
    /// links. What is hidden is left out.
    ///
    /// The language that the page says it is in counts where its text leaves room for doubt, and only
    /// there, for pages are often wrong; the language of a part of it is taken as it is said.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::{Boilerplate, Kind, Segmenter, Source, Unit};
    ///
    /// let page = "<nav><a href=/>Home</a></nav><h1>Tea &amp; milk</h1><p>First <b>the tea</b>.";
    /// let version = Segmenter::new().version(Source::new(page).html())?;
    /// assert_eq!(version.text(), "Home\n\nTea & milk\n\nFirst the tea.");
    ///
    /// let paragraphs = version.segments(Unit::Paragraph);
    /// assert_eq!(paragraphs[0].boilerplate(), Some(Boilerplate::Navigation));
    /// assert_eq!(paragraphs[1].kind(), Kind::Heading);
    /// let place = version.place(Unit::Paragraph, 1).expect("it stands in the page");
    /// assert_eq!(&page[place], "Tea &amp; milk");
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    #[cfg(feature = "html")]
    #[cfg_attr(docsrs, doc(cfg(feature = "html")))]
    #[must_use]
    pub const fn html(mut self) -> Self {
        self.form = Form::Markup(Markup::Html);
        self
    }

    /// Tells that the text is in Markdown: CommonMark with tables, footnotes, strikethrough and front
    /// matter.
    ///
    /// The text of the version is then that of its blocks without markup, a blank line between them.
    /// Paragraphs have [kinds](crate::Kind) and [places](crate::Version::place) in the source. HTML in it
    /// is read as HTML where the feature `html` is on, otherwise it stands as it is. Front matter is not
    /// text; of its keys `lang` or `language`, `url` and `licence` or `license` are heeded, unless the
    /// caller told the same.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::{Kind, Segmenter, Source, Unit};
    ///
    /// let text = "# Tea\n\n* *First* the tea\n* then the [milk](milk.html)\n";
    /// let version = Segmenter::new().version(Source::new(text).markdown())?;
    /// assert_eq!(version.text(), "Tea\n\nFirst the tea\n\nthen the milk");
    ///
    /// let kinds = version.segments(Unit::Paragraph).iter().map(|paragraph| paragraph.kind());
    /// assert!(kinds.eq([Kind::Heading, Kind::ListItem, Kind::ListItem]));
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    #[cfg(feature = "markdown")]
    #[cfg_attr(docsrs, doc(cfg(feature = "markdown")))]
    #[must_use]
    pub const fn markdown(mut self) -> Self {
        self.form = Form::Markup(Markup::Markdown);
        self
    }

    /// Sets whether only the main content of a page in [HTML](Self::html) is kept; false by default.
    ///
    /// Kept is what stands in the element that holds the article, without what its structure says is
    /// boilerplate, and the title wherever it stands. The element is `<main>` or `<article>` where one
    /// holds most of the prose of the page, otherwise the smallest that holds nearly all of it. On pages
    /// of manuals with menus, notices and teasers put in, 100.0 % of the paragraphs were kept whole and 1 %
    /// of what was put in was left; `DESIGN.md` has the table and how it is made.
    #[cfg(feature = "html")]
    #[cfg_attr(docsrs, doc(cfg(feature = "html")))]
    #[must_use]
    pub const fn main_content(mut self, main_content: bool) -> Self {
        self.main_content = main_content;
        self
    }
}

impl From<&str> for Source {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Source {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<String> for Source {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text() {
        let cases: [(&str, &[u8], &str); 3] = [
            (
                "latin-1",
                b"caf\xe9",
                "a.txt: invalid UTF-8 at byte 3; convert the file to UTF-8 (for example with iconv)",
            ),
            (
                "utf-16",
                b"\xff\xfeh\0i\0",
                "a.txt: binary data (a NUL at byte 3), expected text in UTF-8",
            ),
            (
                "zeros",
                b"\0\0",
                "a.txt: binary data (a NUL at byte 0), expected text in UTF-8",
            ),
        ];
        for (name, bytes, expected) in cases {
            let error = Source::from_bytes("a.txt", bytes.to_vec()).unwrap_err();
            assert_eq!(error.to_string(), expected, "{name}");
        }
    }
}
