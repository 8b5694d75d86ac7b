//! [`Segmenter`]: from the texts of an article to its paragraphs and sentences.

#[cfg(feature = "report")]
use crate::article::Unit;
use crate::article::{Article, Kind, Parts, Segment, Version};
use crate::detect::{Detection, Detector};
use crate::error::{Error, ErrorKind};
use crate::input::{Block, Source};
use crate::lang::Lang;

mod abbreviation;
mod boilerplate;
mod content;
mod paragraph;
mod sentence;

use content::Content;
use sentence::sentences;

/// Cuts the paragraphs of a version into sentences where each is one yet, as it is in what was read from a file
/// of paragraphs.
#[cfg(feature = "report")]
pub(crate) fn cut(version: &Version) -> Option<Version> {
    let [paragraphs, whole] = [Unit::Paragraph, Unit::Sentence].map(|unit| version.segments(unit));
    if paragraphs.len() < whole.len() {
        return None;
    }
    let cut = |paragraph: &Segment| {
        let text = version.text_of(paragraph);
        let mut ranges = sentences(text, paragraph.lang.unwrap_or(version.lang()));
        if paragraph.kind == Kind::Code {
            ranges.clear();
            ranges.push(0..text.len());
        }
        let sentence = |range: std::ops::Range<usize>| Segment {
            start: paragraph.start + range.start,
            end: paragraph.start + range.end,
            ..paragraph.clone()
        };
        ranges.into_iter().map(sentence).collect::<Vec<_>>()
    };
    let sentences: Vec<Segment> = paragraphs.iter().flat_map(cut).collect();
    let mut parts = Parts::from(version.clone());
    if let Some(places) = &mut parts.origin.places {
        places.sentences = vec![None; sentences.len()];
    }
    parts.sentences = sentences;
    let cut = Version::try_from(parts).ok()?;
    match version.vectors() {
        // They are of other sentences.
        Some(_) => None,
        None => Some(cut),
    }
}

/// Probability of a language from which on a source that says another is not believed, and that of a
/// language for which the source speaks.
const SURE: f64 = 0.9;

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
        let mut source = source.into();
        let content = Content::take(&mut source);
        let name = source.name.unwrap_or_else(|| "1".into());
        let (text, blocks) = (&content.text, &content.blocks);
        let texts = blocks.iter().map(|block| &text[block.range.clone()]);
        let detection = self.detector.detect_in(texts, source.lang);
        let Some((lang, lang_score)) = self.lang(&detection, source.lang, content.lang) else {
            let (version, lang) = (name, detection.lang());
            let allowed = self.detector.allowed().to_vec();
            let kind = ErrorKind::LanguageNotAllowed {
                version,
                lang,
                allowed,
            };
            return Err(kind.into());
        };
        let marks = boilerplate::marks(text, blocks);
        let mut paragraphs = Vec::with_capacity(blocks.len());
        let mut inner = Vec::new();
        for (index, (block, mark)) in blocks.iter().zip(marks).enumerate() {
            let Block { range, kind, .. } = block.clone();
            // Where the whole version was taken for another language than it is said to be in, its
            // paragraphs were too.
            let detected = (detection.lang() == lang).then(|| detection.paragraphs()[index]);
            let own = block.lang.or(detected).filter(|&own| own != lang);
            let paragraph = Segment {
                start: range.start,
                end: range.end,
                kind,
                lang: own,
                boilerplate: block.boilerplate.or(mark),
                paragraph: index,
            };
            let block = &text[range.clone()];
            let whole = 0..block.len();
            let cut = match content.sentences || kind == Kind::Code {
                true => vec![whole],
                false => sentences(block, own.unwrap_or(lang)),
            };
            inner.extend(cut.into_iter().map(|sentence| Segment {
                start: range.start + sentence.start,
                end: range.start + sentence.end,
                ..paragraph.clone()
            }));
            paragraphs.push(paragraph);
        }
        source.origin.places = content.places(&paragraphs, &inner);
        Version::try_from(Parts {
            name,
            lang,
            lang_score,
            layout: content.layout,
            text: content.text,
            paragraphs,
            sentences: inner,
            origin: source.origin,
        })
    }

    /// The language of a version and its probability, from what its text shows, what the caller told and
    /// what the source says; none where the text is in a language that is not allowed.
    ///
    /// What the source says decides where the text leaves room for doubt.
    fn lang(
        &self,
        detection: &Detection,
        told: Option<Lang>,
        said: Option<Lang>,
    ) -> Option<(Lang, f64)> {
        let (found, score) = (detection.lang(), detection.score());
        let said = said.filter(|said| self.detector.allowed().contains(said));
        match (told, said) {
            (Some(told), _) => Some((told, 1.0)),
            (None, Some(said)) if said == found || score < SURE => Some((said, score.max(SURE))),
            (None, _) => detection.allowed().then_some((found, score)),
        }
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
