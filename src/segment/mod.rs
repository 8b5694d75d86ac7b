//! [`Segmenter`]: from the texts of an article to its paragraphs and sentences.

use crate::article::{Article, Layout, Parts, Segment, Unit, Version};
use crate::detect::Detector;
use crate::error::{Error, ErrorKind};
use crate::input::Source;
use crate::lang::Lang;

mod abbreviation;
mod boilerplate;
mod mark;
mod paragraph;
mod sentence;

use paragraph::{Block, blocks, lines};
use sentence::sentences;

/// Cuts the versions of an article into paragraphs and sentences, and detects their languages.
///
/// # Examples
///
/// ```
/// use triglyph::{Kind, Lang, Segmenter, Unit};
///
/// let segmenter = Segmenter::new().languages([Lang::EN, Lang::FR]);
/// let version = segmenter.version("The letter\n\nMr. Smith came home. He read it and left.")?;
/// assert_eq!(version.lang(), Lang::EN);
/// assert_eq!(version.segments(Unit::Paragraph)[0].kind(), Kind::Heading);
/// assert_eq!(version.segments(Unit::Sentence).len(), 3);
/// # Ok::<(), triglyph::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Segmenter {
    detector: Detector,
}

impl Segmenter {
    /// A segmenter that expects English, French and German.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the languages that a version may be in; a language that its source tells is always
    /// allowed.
    #[must_use]
    pub fn languages(mut self, languages: impl IntoIterator<Item = Lang>) -> Self {
        self.detector = self.detector.languages(languages);
        self
    }

    /// Reads the versions of an article, two or more.
    ///
    /// # Errors
    ///
    /// Those of [`Segmenter::version`] and of [`Article::new`].
    pub fn article<S: Into<Source>>(
        &self,
        sources: impl IntoIterator<Item = S>,
    ) -> Result<Article, Error> {
        let version = |(number, source): (usize, S)| {
            let mut source = source.into();
            source.name.get_or_insert_with(|| (number + 1).to_string());
            self.version(source)
        };
        let versions: Result<_, _> = sources.into_iter().enumerate().map(version).collect();
        Article::new(versions?)
    }

    /// Reads one version. A text without letters is in the language [`Lang::UND`]; one without
    /// any text has no segments.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::LanguageNotAllowed`] for a text in a language that is neither allowed nor
    /// told.
    pub fn version(&self, source: impl Into<Source>) -> Result<Version, Error> {
        let source = source.into();
        let name = source.name.unwrap_or_else(|| "1".into());
        let text = source.text;
        let (layout, blocks) = match source.lines {
            Some(_) => (Layout::Lines, lines(&text)),
            None => blocks(&text),
        };
        let texts = blocks.iter().map(|block| &text[block.range.clone()]);
        let detection = self.detector.detect_in(texts, source.lang);
        let (lang, lang_score) = match source.lang {
            Some(told) => (told, 1.0),
            None if detection.allowed() => (detection.lang(), detection.score()),
            None => {
                let (version, lang) = (name, detection.lang());
                let allowed = self.detector.allowed().to_vec();
                let kind = ErrorKind::LanguageNotAllowed {
                    version,
                    lang,
                    allowed,
                };
                return Err(kind.into());
            }
        };
        let marks = boilerplate::marks(&text, &blocks);
        let mut parts = Parts {
            name,
            lang,
            lang_score,
            layout,
            text,
            paragraphs: Vec::with_capacity(blocks.len()),
            sentences: Vec::new(),
            origin: source.origin,
        };
        for (index, (Block { range, kind }, mark)) in blocks.into_iter().zip(marks).enumerate() {
            // Where the whole version was taken for another language than told, its paragraphs
            // were too.
            let own = detection.paragraphs()[index];
            let own = (detection.lang() == lang && own != lang).then_some(own);
            let block = &parts.text[range.clone()];
            let paragraph = Segment {
                start: range.start,
                end: range.end,
                kind,
                lang: own,
                boilerplate: mark,
                paragraph: index,
            };
            let whole = 0..block.len();
            let inner = match source.lines {
                Some(Unit::Sentence) => vec![whole],
                _ => sentences(block, own.unwrap_or(lang)),
            };
            parts
                .sentences
                .extend(inner.into_iter().map(|sentence| Segment {
                    start: range.start + sentence.start,
                    end: range.start + sentence.end,
                    ..paragraph.clone()
                }));
            parts.paragraphs.push(paragraph);
        }
        Version::try_from(parts)
    }
}

impl Article {
    /// Reads the versions of an article in English, French and German, in any order: detects the
    /// language of each and cuts it into paragraphs and sentences.
    ///
    /// This is [`Segmenter::article`] with the options it begins with.
    ///
    /// # Errors
    ///
    /// As there.
    ///
    /// # Examples
    ///
    /// ```
    /// use triglyph::{Article, Lang};
    ///
    /// let article = Article::detect([
    ///     "The museum is closed on Mondays.",
    ///     "Le musée est fermé le lundi.",
    ///     "Das Museum ist montags geschlossen.",
    /// ])?;
    /// let langs: Vec<Lang> = article.versions().iter().map(|v| v.lang()).collect();
    /// assert_eq!(langs, [Lang::EN, Lang::FR, Lang::DE]);
    /// # Ok::<(), triglyph::Error>(())
    /// ```
    pub fn detect<S: Into<Source>>(sources: impl IntoIterator<Item = S>) -> Result<Self, Error> {
        Segmenter::new().article(sources)
    }
}
