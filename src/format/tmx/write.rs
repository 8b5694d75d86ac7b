//! Writing TMX.

use std::fmt::{self, Display};
use std::io;

use super::super::names::Named;
use super::super::xml::{XmlWriter, is_allowed};
use super::super::{FourDecimals, Loss, Losses};
use super::props;
use crate::alignment::{Alignment, BeadOf};
use crate::article::{Article, Kind, Segment, Unit};
use crate::error::Error;
use crate::lang::LangStyle;

/// Writes aligned articles as one TMX file; [`tmx`](super) says how.
pub struct Writer<W: io::Write> {
    /// None before the first article.
    xml: Option<XmlWriter<W>>,
    /// None after.
    out: Option<W>,
    style: LangStyle,
    creation_date: Option<String>,
    /// That of the header.
    unit: Unit,
    losses: Losses,
}

impl<W: io::Write> fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl<W: io::Write> Writer<W> {
    /// A writer of a file.
    #[must_use]
    pub fn new(out: W) -> Self {
        Self {
            xml: None,
            out: Some(out),
            style: LangStyle::default(),
            creation_date: None,
            unit: Unit::default(),
            losses: Losses::default(),
        }
    }

    /// How codes of languages are written; BCP 47, as TMX asks for, unless told otherwise.
    #[must_use]
    pub fn lang_style(mut self, style: LangStyle) -> Self {
        self.style = style;
        self
    }

    /// When the file is made, as TMX has it: `20240131T120000Z`. Nothing is said of it unless told,
    /// so that the same articles make the same file.
    #[must_use]
    pub fn creation_date(mut self, date: impl Into<String>) -> Self {
        self.creation_date = Some(date.into());
        self
    }

    /// The file, begun with its header where it was not.
    fn begun(&mut self, unit: Unit) -> Result<&mut XmlWriter<W>, Error> {
        if let Some(out) = self.out.take() {
            let mut xml = XmlWriter::new(out)?;
            xml.doctype(r#"tmx SYSTEM "tmx14.dtd""#)?;
            xml.start("tmx", &[("version", &"1.4")])?;
            xml.line()?;
            let segtype = segtype(unit);
            let mut header: Vec<(&str, &dyn Display)> = vec![
                ("creationtool", &"triglyph"),
                ("creationtoolversion", &env!("CARGO_PKG_VERSION")),
                ("segtype", &segtype),
                ("o-tmf", &"triglyph/1"),
                ("adminlang", &"en"),
                ("srclang", &"*all*"),
                ("datatype", &"plaintext"),
            ];
            if let Some(date) = &self.creation_date {
                header.push(("creationdate", date));
            }
            xml.empty("header", &header)?;
            xml.line()?;
            xml.start("body", &[])?;
            xml.line()?;
            self.unit = unit;
            self.xml = Some(xml);
        }
        let over = || io::Error::other("the file is finished, or could not be begun");
        self.xml.as_mut().ok_or_else(|| over().into())
    }
}

fn segtype(unit: Unit) -> &'static str {
    match unit {
        Unit::Paragraph => "paragraph",
        Unit::Sentence => "sentence",
    }
}

impl<W: io::Write> super::super::Writer for Writer<W> {
    fn write(&mut self, id: &str, article: &Article, alignment: &Alignment) -> Result<(), Error> {
        alignment.fits(article)?;
        let (unit, style) = (alignment.unit(), self.style);
        self.begun(unit)?;
        let whole = self.unit;
        let xml = self.begun(unit)?;
        let langs: Vec<_> = article.versions().iter().map(|v| v.lang()).collect();
        let shared = |v: usize| langs.iter().filter(|&l| *l == langs[v]).count() > 1;
        let shared: Vec<bool> = (0..langs.len()).map(shared).collect();
        for (b, bead) in alignment.beads(article).enumerate() {
            match unit == whole {
                true => xml.start("tu", &[])?,
                false => xml.start("tu", &[("segtype", &segtype(unit))])?,
            }
            xml.line()?;
            prop(xml, props::DOCUMENT, id)?;
            if b == 0 {
                head(xml, article, alignment, style)?;
            }
            prop(xml, props::SCORE, FourDecimals(bead.score()))?;
            prop(xml, props::SHAPE, bead.shape())?;
            for (name, holds) in [
                (props::MOVED, bead.moved()),
                (props::CONFLICT, bead.conflict()),
                (props::CONFIRMED, bead.confirmed()),
            ] {
                if holds {
                    prop(xml, name, true)?;
                }
            }
            for v in 0..langs.len() {
                if bead.segments()[v].is_empty() {
                    continue;
                }
                xml.start("tuv", &[("xml:lang", &style.code(&langs[v]))])?;
                if shared[v] {
                    xml.element("prop", &[("type", &props::VERSION)], v + 1)?;
                }
                variant(xml, &bead, v, article, unit)?;
                xml.end("tuv")?;
                xml.line()?;
            }
            xml.end("tu")?;
            xml.line()?;
        }
        let dropped = xml.take_dropped();
        self.losses.add(Loss::Character, dropped);
        Ok(())
    }

    fn finish(&mut self) -> Result<Losses, Error> {
        self.begun(Unit::default())?;
        let Some(mut xml) = self.xml.take() else {
            return Ok(Losses::default());
        };
        xml.end("body")?;
        xml.line()?;
        xml.end("tmx")?;
        xml.line()?;
        xml.flush()?;
        Ok(std::mem::take(&mut self.losses))
    }
}

/// Writes a property on a line of its own.
fn prop<W: io::Write>(xml: &mut XmlWriter<W>, name: &str, value: impl Display) -> io::Result<()> {
    xml.element("prop", &[("type", &name)], value)?;
    xml.line()
}

/// Writes what is known of the versions and of the alignment as a whole.
fn head<W: io::Write>(
    xml: &mut XmlWriter<W>,
    article: &Article,
    alignment: &Alignment,
    style: LangStyle,
) -> io::Result<()> {
    for (v, version) in article.versions().iter().enumerate() {
        let number = v + 1;
        let name = format!("{}-{number}", props::VERSION);
        prop(xml, &name, version.name())?;
        let lang = version.lang();
        let score = FourDecimals(version.lang_score()).to_string();
        for (field, value) in [
            (props::VERSION_LANG, Some(style.code(&lang))),
            (props::VERSION_LANG_SCORE, Some(score.as_str())),
            (props::VERSION_LAYOUT, Some(version.layout().word())),
            (props::VERSION_URL, version.url()),
            (props::VERSION_LICENCE, version.licence()),
            (props::VERSION_ENCODING, version.encoding()),
        ] {
            if let Some(value) = value {
                prop(xml, &format!("{name}-{field}"), value)?;
            }
        }
    }
    prop(xml, props::DOCUMENT_SCORE, FourDecimals(alignment.score()))?;
    for simplified in alignment.simplified() {
        let versions: Vec<String> = simplified.versions().iter().map(usize::to_string).collect();
        let value = format!(
            "{} {} {} {} {}",
            simplified.limit().word(),
            versions.join(","),
            simplified.found(),
            simplified.most(),
            simplified.fallback().word(),
        );
        prop(xml, props::SIMPLIFIED, value)?;
    }
    Ok(())
}

/// Writes what a version has in a bead.
fn variant<W: io::Write>(
    xml: &mut XmlWriter<W>,
    bead: &BeadOf,
    v: usize,
    article: &Article,
    unit: Unit,
) -> io::Result<()> {
    let (version, own) = (&article.versions()[v], &bead.segments()[v]);
    let all = version.segments(unit);
    let segments = || own.iter().map(|&s| &all[s]);
    let mut list = |name: &str, words: &dyn Display| xml.element("prop", &[("type", &name)], words);
    list(props::SEGMENTS, &Words(|| own.iter()))?;
    if own.len() > 1 {
        let length = |text: &str| text.chars().filter(|&c| is_allowed(c)).count();
        list(props::LENGTHS, &Words(|| bead.segments_of(v).map(length)))?;
    }
    if segments().any(|s| s.kind() != Kind::Body) {
        list(props::KIND, &Words(|| segments().map(|s| s.kind().word())))?;
    }
    if segments().any(|s| s.boilerplate().is_some()) {
        let mark = |s: &Segment| s.boilerplate().map_or("-", Named::word);
        list(props::BOILERPLATE, &Words(|| segments().map(mark)))?;
    }
    if segments().any(|s| s.lang().is_some()) {
        let lang = |s: &Segment| Word(s.lang());
        list(props::LANG, &Words(|| segments().map(lang)))?;
    }
    if unit == Unit::Sentence {
        list(
            props::PARAGRAPH,
            &Words(|| segments().map(Segment::paragraph)),
        )?;
    }
    let places = || own.iter().map(|&s| version.place(unit, s));
    if places().any(|place| place.is_some()) {
        list(
            props::PLACE,
            &Words(|| places().map(|place| Word(place.map(Bounds)))),
        )?;
    }
    xml.start("seg", &[])?;
    for (i, text) in bead.segments_of(v).enumerate() {
        if i > 0 {
            xml.text(" ")?;
        }
        xml.text(text)?;
    }
    xml.end("seg")
}

/// A word, or `-` for none.
struct Word<T>(Option<T>);

impl<T: Display> Display for Word<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(word) => word.fmt(f),
            None => f.write_str("-"),
        }
    }
}

/// A range as `48-104`.
struct Bounds(std::ops::Range<usize>);

impl Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0.start, self.0.end)
    }
}

/// What an iterator yields, a space between two.
struct Words<F>(F);

impl<F, I> Display for Words<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Display>,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, word) in (self.0)().enumerate() {
            let space = if i == 0 { "" } else { " " };
            write!(f, "{space}{word}")?;
        }
        Ok(())
    }
}
