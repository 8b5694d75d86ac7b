//! [`Draft`]: an aligned article as a file says it is, before it is checked.
//!
//! Files of other programs leave out what this crate's data always have: a bead for every segment,
//! a language, a mark of what moved. A draft takes what there is, and [`Draft::finish`] adds the
//! rest:
//!
//! * a segment without text is left out, and a bead of such segments only;
//! * a segment in no bead gets a null bead of its own, scored 0: nobody said that it has no
//!   counterpart;
//! * where the file does not say which beads moved, those did that stand outside the longest chain
//!   of beads that rises in both versions of a pair.

use std::ops::Range;

use super::Aligned;
use super::order::out_of_order;
use crate::alignment::{Alignment, Bead, Simplified};
use crate::article::{
    Article, Boilerplate, Kind, Layout, Origin, Parts, Places, Segment, Unit, Version,
};
use crate::error::Error;
use crate::lang::Lang;

/// An aligned article before it is checked.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) id: String,
    pub(crate) unit: Unit,
    /// The score of the article, where it is told: those of the beads are rounded.
    pub(crate) score: Option<f64>,
    pub(crate) versions: Vec<VersionDraft>,
    pub(crate) beads: Vec<BeadDraft>,
    pub(crate) simplified: Vec<Simplified>,
}

/// A version as a list of its segments.
#[derive(Clone, Debug)]
pub(crate) struct VersionDraft {
    pub(crate) name: String,
    pub(crate) lang: Lang,
    pub(crate) lang_score: f64,
    pub(crate) layout: Layout,
    /// Without places: those stand with the segments.
    pub(crate) origin: Origin,
    pub(crate) segments: Vec<SegmentDraft>,
}

/// A segment of the unit that is aligned.
#[derive(Clone, Debug, Default)]
pub(crate) struct SegmentDraft {
    pub(crate) text: String,
    pub(crate) kind: Kind,
    pub(crate) lang: Option<Lang>,
    pub(crate) boilerplate: Option<Boilerplate>,
    /// The paragraph of a sentence, by any number that does not fall; none where each is one of its
    /// own.
    pub(crate) paragraph: Option<usize>,
    /// Where it stands in its source.
    pub(crate) place: Option<Range<usize>>,
}

/// A bead, and whether the file says if it moved.
#[derive(Clone, Debug)]
pub(crate) struct BeadDraft {
    pub(crate) bead: Bead,
    pub(crate) moved_is_told: bool,
}

impl VersionDraft {
    /// A version of a known language without segments.
    pub(crate) fn new(name: impl Into<String>, lang: Lang) -> Self {
        Self {
            name: name.into(),
            lang,
            lang_score: 1.0,
            layout: Layout::Lines,
            origin: Origin::default(),
            segments: Vec::new(),
        }
    }
}

impl SegmentDraft {
    /// A segment of which only the text is known.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

impl BeadDraft {
    /// A bead of which the segments and the score are known.
    pub(crate) fn new(segments: Vec<Vec<usize>>, score: f64) -> Self {
        let bead = Bead {
            segments,
            score,
            moved: false,
            conflict: false,
            confirmed: false,
            evidence: None,
        };
        Self {
            bead,
            moved_is_told: false,
        }
    }
}

impl Draft {
    /// A draft without versions and beads.
    pub(crate) fn new(id: impl Into<String>, unit: Unit) -> Self {
        Self {
            id: id.into(),
            unit,
            score: None,
            versions: Vec::new(),
            beads: Vec::new(),
            simplified: Vec::new(),
        }
    }

    /// Takes an aligned article apart.
    pub(super) fn of(aligned: &Aligned) -> Self {
        let unit = aligned.alignment().unit();
        let versions = aligned.article().versions().iter();
        let versions = versions.map(|version| {
            let segments = version.segments(unit).iter().enumerate();
            let segments = segments.map(|(i, segment)| SegmentDraft {
                text: version.text_of(segment).to_owned(),
                kind: segment.kind(),
                lang: segment.lang(),
                boilerplate: segment.boilerplate(),
                paragraph: Some(segment.paragraph()),
                place: version.place(unit, i),
            });
            VersionDraft {
                name: version.name().to_owned(),
                lang: version.lang(),
                lang_score: version.lang_score(),
                layout: version.layout(),
                origin: version.origin().without_places(),
                segments: segments.collect(),
            }
        });
        let beads = aligned.alignment().iter().map(|bead| BeadDraft {
            bead: bead.clone(),
            moved_is_told: true,
        });
        Self {
            id: aligned.id().to_owned(),
            unit,
            score: Some(aligned.alignment().score()),
            versions: versions.collect(),
            beads: beads.collect(),
            simplified: aligned.alignment().simplified().to_vec(),
        }
    }

    /// Keeps these versions in this order, and the beads that have segments in them.
    pub(super) fn select(&mut self, versions: &[usize]) {
        self.score = None;
        self.versions = versions.iter().map(|&v| self.versions[v].clone()).collect();
        for BeadDraft { bead, .. } in &mut self.beads {
            bead.segments = versions.iter().map(|&v| bead.segments[v].clone()).collect();
            bead.evidence = (bead.evidence.take()).map(|evidence| evidence.select(versions));
        }
        (self.beads).retain(|BeadDraft { bead, .. }| bead.segments.iter().any(|s| !s.is_empty()));
        let simplified = self.simplified.drain(..);
        self.simplified = simplified.filter_map(|s| s.select(versions)).collect();
    }

    /// Drops the segments that stand in no bead.
    pub(super) fn drop_unlinked(&mut self) {
        let mut linked = self.flags(false);
        for BeadDraft { bead, .. } in &self.beads {
            for (linked, segments) in linked.iter_mut().zip(&bead.segments) {
                segments.iter().for_each(|&s| linked[s] = true);
            }
        }
        self.keep(&linked);
    }

    /// Checks what there is, adds what is missing and makes an aligned article of it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) where beads name segments that are not there,
    /// or one twice; whatever [`Article::new`] refuses.
    pub(crate) fn finish(mut self) -> Result<Aligned, Error> {
        self.check()?;
        let mut full = self.flags(true);
        for (full, version) in full.iter_mut().zip(&self.versions) {
            for (full, segment) in full.iter_mut().zip(&version.segments) {
                *full = !segment.text.trim().is_empty();
            }
        }
        self.keep(&full);
        self.add_null_beads();
        self.mark_moved();
        let unit = self.unit;
        let versions = self.versions.into_iter().map(|v| v.finish(unit));
        let article = Article::new(versions.collect::<Result<_, _>>()?)?;
        let beads = self.beads.into_iter().map(|draft| draft.bead).collect();
        let mut alignment = Alignment::new(unit, beads)?.with_simplified(self.simplified);
        if let Some(score) = self.score {
            alignment = alignment.with_score(score);
        }
        Aligned::new(self.id, article, alignment)
    }

    /// Checks that beads name segments that are there, of as many versions.
    fn check(&self) -> Result<(), Error> {
        let invalid = |reason: String| Err(Error::invalid("alignment", reason));
        for (b, BeadDraft { bead, .. }) in self.beads.iter().enumerate() {
            let (found, expected) = (bead.segments.len(), self.versions.len());
            if found != expected {
                return invalid(format!(
                    "bead {b} has {found} versions, expected {expected}"
                ));
            }
            for (version, segments) in self.versions.iter().zip(&bead.segments) {
                let count = version.segments.len();
                if let Some(s) = segments.iter().find(|&&s| s >= count) {
                    let name = &version.name;
                    return invalid(format!(
                        "bead {b} names segment {s} of {name}, which has {count}"
                    ));
                }
            }
        }
        Ok(())
    }

    /// A flag for every segment of every version.
    fn flags(&self, value: bool) -> Vec<Vec<bool>> {
        let versions = self.versions.iter();
        versions.map(|v| vec![value; v.segments.len()]).collect()
    }

    /// Keeps the segments that are flagged, and what stands of the beads.
    fn keep(&mut self, kept: &[Vec<bool>]) {
        if kept.iter().flatten().all(|&kept| kept) {
            return;
        }
        for (v, (version, kept)) in self.versions.iter_mut().zip(kept).enumerate() {
            let mut next = 0;
            let numbers = kept.iter().map(|&kept| {
                next += usize::from(kept);
                kept.then(|| next - 1)
            });
            let numbers: Vec<Option<usize>> = numbers.collect();
            let mut flags = kept.iter();
            version.segments.retain(|_| flags.next() == Some(&true));
            for BeadDraft { bead, .. } in &mut self.beads {
                let segments = bead.segments[v].iter().filter_map(|&s| numbers[s]);
                bead.segments[v] = segments.collect();
            }
        }
        self.score = None;
        for BeadDraft { bead, .. } in &mut self.beads {
            // What evidence says is of the segments that were.
            bead.evidence = None;
        }
        (self.beads).retain(|BeadDraft { bead, .. }| bead.segments.iter().any(|s| !s.is_empty()));
    }

    /// Puts each segment that no bead names into a null bead.
    fn add_null_beads(&mut self) {
        let mut free = self.flags(true);
        for BeadDraft { bead, .. } in &mut self.beads {
            for (free, segments) in free.iter_mut().zip(&mut bead.segments) {
                segments.sort_unstable();
                segments.iter().for_each(|&s| free[s] = false);
            }
        }
        for (v, free) in free.iter().enumerate() {
            for s in (0..free.len()).filter(|&s| free[s]) {
                self.score = None;
                let mut segments = vec![Vec::new(); self.versions.len()];
                segments[v].push(s);
                self.beads.push(BeadDraft::new(segments, 0.0));
            }
        }
    }

    /// Marks the beads that moved, unless the file says which did.
    fn mark_moved(&mut self) {
        if self.beads.iter().any(|draft| draft.moved_is_told) {
            return;
        }
        let moved = out_of_order(self.beads.iter().map(|draft| &draft.bead));
        for (draft, moved) in self.beads.iter_mut().zip(moved) {
            draft.bead.moved = moved;
        }
    }
}

impl VersionDraft {
    /// Puts the text together: sentences of a paragraph with a space between them, paragraphs with a
    /// blank line.
    fn finish(self, unit: Unit) -> Result<Version, Error> {
        let mut parts = Parts {
            name: self.name,
            lang: self.lang,
            lang_score: self.lang_score,
            layout: self.layout,
            text: String::new(),
            paragraphs: Vec::new(),
            sentences: Vec::with_capacity(self.segments.len()),
            origin: Box::new(self.origin),
        };
        let mut places = Places::default();
        let mut above = None;
        for draft in self.segments {
            let goes_on =
                unit == Unit::Sentence && draft.paragraph.is_some() && above == draft.paragraph;
            if above > draft.paragraph && draft.paragraph.is_some() {
                let (name, s) = (&parts.name, parts.sentences.len());
                let reason = format!(
                    "{name}: the paragraph of sentence {s} stands before that of the one above"
                );
                return Err(Error::invalid("version", reason));
            }
            above = draft.paragraph;
            if !parts.text.is_empty() {
                parts.text += if goes_on { " " } else { "\n\n" };
            }
            let start = parts.text.len();
            parts.text += &draft.text;
            let end = parts.text.len();
            let segment = Segment {
                start,
                end,
                kind: draft.kind,
                lang: draft.lang,
                boilerplate: draft.boilerplate,
                paragraph: parts.paragraphs.len() - usize::from(goes_on),
            };
            match (parts.paragraphs.last_mut(), places.paragraphs.last_mut()) {
                (Some(paragraph), Some(place)) if goes_on => {
                    paragraph.end = end;
                    *place = (place.take().zip(draft.place.as_ref()))
                        .map(|(whole, own)| whole.start..own.end);
                }
                _ => {
                    parts.paragraphs.push(segment.clone());
                    places.paragraphs.push(draft.place.clone());
                }
            }
            parts.sentences.push(segment);
            places.sentences.push(draft.place);
        }
        parts.origin.places = Some(places);
        Version::try_from(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(texts: [&[&str]; 2], beads: &[[&[usize]; 2]]) -> Draft {
        let mut draft = Draft::new("a", Unit::Paragraph);
        for (lang, texts) in [Lang::EN, Lang::FR].into_iter().zip(texts) {
            let mut version = VersionDraft::new(lang.code(), lang);
            version.segments = texts.iter().map(|t| SegmentDraft::new(*t)).collect();
            draft.versions.push(version);
        }
        let beads = beads
            .iter()
            .map(|b| BeadDraft::new(b.map(<[usize]>::to_vec).to_vec(), 1.0));
        draft.beads = beads.collect();
        draft
    }

    fn shapes(aligned: &Aligned) -> Vec<String> {
        let beads = aligned.alignment().iter();
        let shape = |bead: &Bead| {
            format!(
                "{:?}{}",
                bead.segments(),
                if bead.moved() { " moved" } else { "" }
            )
        };
        beads.map(shape).collect()
    }

    #[test]
    fn what_is_missing_is_added() {
        for (name, draft, expected) in [
            (
                "a segment in no bead",
                draft([&["A", "B"], &["C"]], &[[&[0], &[0]]]),
                &["[[0], [0]]", "[[1], []]"][..],
            ),
            (
                "segments without text",
                draft(
                    [&["", "B"], &["C", " \n", "D"]],
                    &[[&[0], &[1]], [&[1], &[0, 1]]],
                ),
                &["[[0], [0]]", "[[], [1]]"],
            ),
            (
                "an order of its own",
                draft(
                    [&["A", "B", "C"], &["D", "E", "F"]],
                    &[[&[0], &[2]], [&[1], &[0]], [&[2], &[1]]],
                ),
                &["[[0], [2]] moved", "[[1], [0]]", "[[2], [1]]"],
            ),
        ] {
            assert_eq!(shapes(&draft.finish().unwrap()), expected, "{name}");
        }
    }

    #[test]
    fn errors() {
        for (draft, expected) in [
            (
                draft([&["A"], &["B"]], &[[&[1], &[0]]]),
                "invalid alignment: bead 0 names segment 1 of en, which has 1",
            ),
            (
                draft([&["A"], &["B"]], &[[&[0], &[0]], [&[0], &[]]]),
                "invalid alignment: segment 0 of version 0 stands twice",
            ),
            (
                draft([&[""], &[]], &[]),
                "none of the 2 versions holds any text",
            ),
        ] {
            assert_eq!(draft.finish().unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn paragraphs_of_sentences() {
        let mut draft = draft([&["A.", "B.", "C."], &["D."]], &[]);
        draft.unit = Unit::Sentence;
        for (segment, (paragraph, place)) in
            (draft.versions[0].segments.iter_mut()).zip([(3, 5..7), (3, 9..11), (7, 20..22)])
        {
            segment.paragraph = Some(paragraph);
            segment.place = Some(place);
        }
        let aligned = draft.finish().unwrap();
        let version = &aligned.article().versions()[0];
        assert_eq!(version.text(), "A. B.\n\nC.");
        assert_eq!(version.sentences_of(0), 0..2);
        assert_eq!(version.place(Unit::Paragraph, 0), Some(5..11));
        assert_eq!(version.place(Unit::Sentence, 2), Some(20..22));
        assert_eq!(
            aligned.article().versions()[1].place(Unit::Sentence, 0),
            None
        );
    }
}
