//! [`Draw`]: an article put together of its `tu` elements.

use super::super::Aligned;
use super::super::draft::{BeadDraft, Draft, SegmentDraft, VersionDraft};
use super::super::names::Named;
use super::props;
use super::read::{Props, TranslationUnit, Variant};
use crate::alignment::{Fallback, Simplified};
use crate::article::{Boilerplate, Kind, Unit};
use crate::lang::Lang;
use crate::limit::Limit;

/// How many versions an article may have.
const MAX_VERSIONS: usize = 256;

/// A line and what is wrong there.
type Fault = (u64, String);

/// An article of which some beads were read.
#[derive(Debug)]
pub(super) struct Draw {
    draft: Draft,
    /// The line where it begins.
    line: u64,
    /// Whether the file says which articles there are.
    named: bool,
    versions: Vec<Column>,
    beads: Vec<Row>,
}

/// The segments of a version.
#[derive(Debug)]
struct Column {
    /// The code of its language, as the file has it.
    code: String,
    /// How many versions before it have the same code.
    rank: usize,
    segments: Vec<Numbered>,
}

/// A segment, by its number and by when it was read.
#[derive(Debug)]
struct Numbered {
    number: usize,
    is_told: bool,
    line: u64,
    segment: SegmentDraft,
}

/// A bead, as versions and when each of its segments was read.
#[derive(Debug)]
struct Row {
    score: f64,
    moved: bool,
    conflict: bool,
    confirmed: bool,
    segments: Vec<(usize, usize)>,
}

impl Draw {
    /// Begins an article with its first bead.
    pub(super) fn begin(file: &str, unit: Unit, mut first: TranslationUnit) -> Result<Self, Fault> {
        first.forget_others();
        let id = first.props.get(props::DOCUMENT);
        let mut draw = Self {
            draft: Draft::new(id.unwrap_or_else(|| stem(file)), first.unit.unwrap_or(unit)),
            line: first.line,
            named: id.is_some(),
            versions: Vec::new(),
            beads: Vec::new(),
        };
        (draw.read_head(&first.props)).map_err(|reason| (first.line, reason))?;
        draw.add(first)?;
        Ok(draw)
    }

    /// Whether a bead belongs to this article.
    pub(super) fn goes_on_with(&self, unit: &TranslationUnit) -> bool {
        let first_version = format!("{}-1", props::VERSION);
        match unit.props.get(props::DOCUMENT) {
            None => !self.named,
            Some(id) => {
                self.named && id == self.draft.id && unit.props.get(&first_version).is_none()
            }
        }
    }

    /// Reads what stands in the first bead about the article as a whole.
    fn read_head(&mut self, props: &Props) -> Result<(), String> {
        for (name, value) in props.iter() {
            if name == props::DOCUMENT_SCORE {
                let told = score(value).ok_or_else(|| wrong(name, value))?;
                self.draft.score = Some(told);
            }
            if name == props::SIMPLIFIED {
                let simplified = simplified(value).ok_or_else(|| wrong(name, value))?;
                self.draft.simplified.push(simplified);
            }
            let number = (name.strip_prefix(props::VERSION)).and_then(|n| n.strip_prefix('-'));
            let Some(number) = number else {
                continue;
            };
            let (number, field) = match number.split_once('-') {
                None => (number, None),
                Some((number, field)) => (number, Some(field)),
            };
            // Others may have properties of this name.
            let Ok(number) = number.parse::<usize>() else {
                continue;
            };
            let next = self.versions.len() + 1;
            match (field, number) {
                (None, number) if number == next => {
                    self.add_version(value, "und", 0)?;
                }
                (Some(field), number) if (1..next).contains(&number) => {
                    let set = self.set_field(number - 1, field, value);
                    set.ok_or_else(|| wrong(name, value))?;
                }
                _ => {
                    return Err(format!(
                        "a property {name}, expected x-version-{next} first"
                    ));
                }
            }
        }
        let (named, count) = (&self.draft.simplified, self.versions.len());
        if named.iter().flat_map(|s| &s.versions).any(|&v| v >= count) {
            return Err(format!(
                "{} names versions that are not there",
                props::SIMPLIFIED
            ));
        }
        for v in 0..count {
            let before = self.versions[..v].iter();
            let code = &self.versions[v].code;
            self.versions[v].rank = before.filter(|other| other.code == *code).count();
        }
        Ok(())
    }

    /// Sets something that is told of a version; none where it cannot be.
    fn set_field(&mut self, v: usize, field: &str, value: &str) -> Option<()> {
        let version = &mut self.draft.versions[v];
        match field {
            props::VERSION_LANG => {
                version.lang = value.parse().ok()?;
                self.versions[v].code = value.to_lowercase();
            }
            props::VERSION_LANG_SCORE => version.lang_score = score(value)?,
            props::VERSION_LAYOUT => version.layout = Named::of(value)?,
            props::VERSION_URL => version.origin.url = Some(value.to_owned()),
            props::VERSION_LICENCE => version.origin.licence = Some(value.to_owned()),
            props::VERSION_ENCODING => version.origin.encoding = Some(value.to_owned()),
            // Another release may say more.
            _ => {}
        }
        Some(())
    }

    /// Adds a version and returns its index.
    fn add_version(&mut self, name: &str, code: &str, rank: usize) -> Result<usize, String> {
        if self.versions.len() == MAX_VERSIONS {
            return Err(format!("more than {MAX_VERSIONS} versions of one article"));
        }
        let lang: Lang = code.parse().map_err(|e: crate::Error| e.to_string())?;
        self.draft.versions.push(VersionDraft::new(name, lang));
        self.versions.push(Column {
            code: code.to_lowercase(),
            rank,
            segments: Vec::new(),
        });
        Ok(self.versions.len() - 1)
    }

    /// Adds a bead.
    pub(super) fn add(&mut self, mut unit: TranslationUnit) -> Result<(), Fault> {
        unit.forget_others();
        let get = |name| unit.props.get(name);
        let told = get(props::SCORE).map(|value| {
            let fault = || (unit.line, wrong(props::SCORE, value));
            score(value).ok_or_else(fault)
        });
        let mut row = Row {
            score: told
                .transpose()?
                .unwrap_or(f64::from(u8::from(unit.variants.len() > 1))),
            moved: get(props::MOVED).is_some_and(is_true),
            conflict: get(props::CONFLICT).is_some_and(is_true),
            confirmed: get(props::CONFIRMED).is_some_and(is_true),
            segments: Vec::new(),
        };
        let mut taken = Vec::new();
        for variant in unit.variants {
            let line = variant.line;
            let v = self
                .version_of(&variant, &taken)
                .map_err(|reason| (line, reason))?;
            taken.push(v);
            self.add_segments(v, variant, &mut row)
                .map_err(|reason| (line, reason))?;
        }
        self.beads.push(row);
        Ok(())
    }

    /// The version that a variant belongs to, which is added where it is new; those that are taken
    /// have another variant in this bead.
    fn version_of(&mut self, variant: &Variant, taken: &[usize]) -> Result<usize, String> {
        if let Some(number) = variant.props.get(props::VERSION) {
            let found = number.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
            if let Some(v) = found.filter(|&v| v < self.versions.len()) {
                return match taken.contains(&v) {
                    true => Err(format!("version {number} stands twice in a <tu>")),
                    false => Ok(v),
                };
            }
        }
        let code = variant.code.to_lowercase();
        let rank = taken
            .iter()
            .filter(|&&v| self.versions[v].code == code)
            .count();
        let found = (self.versions.iter()).position(|c| c.code == code && c.rank == rank);
        match found {
            Some(v) => Ok(v),
            None if rank == 0 => self.add_version(&variant.code, &variant.code, 0),
            None => {
                let name = format!("{}-{}", variant.code, rank + 1);
                self.add_version(&name, &variant.code, rank)
            }
        }
    }

    /// Adds the segments of a variant to its version and to the bead.
    fn add_segments(&mut self, v: usize, variant: Variant, row: &mut Row) -> Result<(), String> {
        let list = |name| Words {
            name,
            words: variant.props.get(name).map(str::split_whitespace),
        };
        let lengths = variant.props.get(props::LENGTHS).map(|lengths| {
            let lengths = lengths.split_whitespace().map(|l| l.parse().ok());
            lengths.collect::<Option<Vec<usize>>>()
        });
        let texts = match lengths.flatten() {
            None => vec![variant.text.as_str()],
            Some(lengths) => {
                cut(&variant.text, &lengths).unwrap_or_else(|| vec![variant.text.as_str()])
            }
        };
        let mut numbers = list(props::SEGMENTS);
        let (mut kinds, mut marks) = (list(props::KIND), list(props::BOILERPLATE));
        let (mut langs, mut places) = (list(props::LANG), list(props::PLACE));
        let mut paragraphs = list(props::PARAGRAPH);
        let column = &mut self.versions[v].segments;
        for text in texts {
            let told = numbers.next(|word| word.parse::<usize>().ok())?;
            let before = column.last().map_or(0, |last| last.number);
            row.segments.push((v, column.len()));
            column.push(Numbered {
                number: told.unwrap_or(before),
                is_told: told.is_some(),
                line: variant.line,
                segment: SegmentDraft {
                    text: text.to_owned(),
                    kind: kinds.next(Kind::of)?.unwrap_or_default(),
                    boilerplate: marks.next(Boilerplate::of)?,
                    lang: langs.next(|word| word.parse().ok())?,
                    paragraph: paragraphs.next(|word| word.parse().ok())?,
                    place: places.next(|word| {
                        let (start, end) = word.split_once('-')?;
                        let place = start.parse().ok()?..end.parse().ok()?;
                        (place.start <= place.end).then_some(place)
                    })?,
                },
            });
        }
        Ok(())
    }

    /// Makes an article of what was read.
    pub(super) fn finish(self) -> Result<Aligned, Fault> {
        let line = self.line;
        let mut draft = self.draft;
        let mut numbers = Vec::with_capacity(self.versions.len());
        for (column, version) in self.versions.into_iter().zip(&mut draft.versions) {
            // What has no number follows what was read before it.
            let mut order: Vec<(usize, Numbered)> =
                column.segments.into_iter().enumerate().collect();
            order.sort_by_key(|(_, numbered)| numbered.number);
            for pair in order.windows(2) {
                let ((_, above), (_, own)) = (&pair[0], &pair[1]);
                if above.number == own.number && above.is_told && own.is_told {
                    let (number, name) = (own.number, &version.name);
                    let reason = format!("segment {number} of {name} stands twice");
                    return Err((own.line.max(above.line), reason));
                }
            }
            let mut own = vec![0; order.len()];
            for (rank, (read, numbered)) in order.into_iter().enumerate() {
                own[read] = rank;
                version.segments.push(numbered.segment);
            }
            numbers.push(own);
        }
        for row in self.beads {
            let mut segments = vec![Vec::new(); numbers.len()];
            for (v, read) in row.segments {
                segments[v].push(numbers[v][read]);
            }
            let mut bead = BeadDraft::new(segments, row.score);
            (bead.bead.moved, bead.bead.conflict) = (row.moved, row.conflict);
            bead.bead.confirmed = row.confirmed;
            bead.moved_is_told = self.named;
            draft.beads.push(bead);
        }
        draft.finish().map_err(|error| (line, error.to_string()))
    }
}

/// A word for each segment of a variant.
struct Words<'a> {
    name: &'static str,
    words: Option<std::str::SplitWhitespace<'a>>,
}

impl Words<'_> {
    /// What the next word says; none for `-`, and where there are no words.
    fn next<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, String> {
        match self.words.as_mut().map(|words| words.next()) {
            None | Some(Some("-")) => Ok(None),
            Some(Some(word)) => read(word).map(Some).ok_or_else(|| wrong(self.name, word)),
            Some(None) => Err(format!("{} has a word too few", self.name)),
        }
    }
}

fn wrong(name: &str, value: &str) -> String {
    format!("`{value}` cannot be the {name} of anything")
}

fn is_true(value: &str) -> bool {
    value == "true"
}

/// A number from 0 to 1.
fn score(value: &str) -> Option<f64> {
    let score = value.parse().ok()?;
    (0.0..=1.0).contains(&score).then_some(score)
}

/// `work 0,1 12 10 narrow`.
fn simplified(value: &str) -> Option<Simplified> {
    let mut words = value.split(' ');
    let limit = Limit::of(words.next()?)?;
    let versions = words.next()?.split(',').map(|v| v.parse().ok());
    Some(Simplified {
        limit,
        versions: versions.collect::<Option<_>>()?,
        found: words.next()?.parse().ok()?,
        most: words.next()?.parse().ok()?,
        fallback: Fallback::of(words.next()?)?,
    })
}

/// Texts of these lengths in characters, a space between two; none where they do not add up.
fn cut<'a>(text: &'a str, lengths: &[usize]) -> Option<Vec<&'a str>> {
    let mut rest = text;
    let mut texts = Vec::new();
    for (i, &length) in lengths.iter().enumerate() {
        if i > 0 {
            rest = rest.strip_prefix(' ')?;
        }
        let end = match rest.char_indices().nth(length) {
            Some((end, _)) => end,
            None if rest.chars().count() == length => rest.len(),
            None => return None,
        };
        let (own, left) = rest.split_at(end);
        texts.push(own);
        rest = left;
    }
    rest.is_empty().then_some(texts)
}

/// The name of an article from that of its file.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let name = name.strip_suffix(".gz").unwrap_or(name);
    name.strip_suffix(".tmx").unwrap_or(name)
}
