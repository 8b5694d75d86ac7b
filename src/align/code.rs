//! [`WithoutCode`]: an article without its segments of code, and the way back. Code that is locked stays.

use crate::alignment::{Alignment, Bead, BeadEvidence};
use crate::article::{Article, Kind, Lock, Parts, Segment, Unit, Version};

/// Score of the null bead that a segment of code stands in: that it has no counterpart was decided, and
/// not estimated.
const DECIDED: f64 = 1.0;

/// An article without its segments of code.
#[derive(Debug)]
pub(super) struct WithoutCode {
    /// None where nothing is left.
    article: Option<Article>,
    /// For each version, the numbers that its segments have in the whole article.
    versions: Vec<Numbers>,
}

/// The numbers of the segments of a version, those kept and those left out.
#[derive(Debug, Default)]
struct Numbers {
    paragraphs: Split,
    sentences: Split,
}

impl Numbers {
    const fn of(&self, unit: Unit) -> &Split {
        match unit {
            Unit::Paragraph => &self.paragraphs,
            Unit::Sentence => &self.sentences,
        }
    }
}

/// Numbers of segments, rising.
#[derive(Debug, Default)]
struct Split {
    kept: Vec<usize>,
    code: Vec<usize>,
}

impl Split {
    /// Splits segments into those kept and code; `stays` says which paragraphs stay whatever they are.
    fn of(segments: &[Segment], stays: &[bool]) -> Self {
        let is_left_out = |s: &Segment| is_code(s) && !stays[s.paragraph()];
        let (code, kept) = (0..segments.len()).partition(|&i| is_left_out(&segments[i]));
        Self { kept, code }
    }
}

/// Of each version, which paragraphs hold something that is locked.
fn locked(article: &Article) -> Vec<Vec<bool>> {
    let mut locked: Vec<Vec<bool>> = (article.versions().iter())
        .map(|version| vec![false; version.segments(Unit::Paragraph).len()])
        .collect();
    for (v, segment) in article.locks().iter().flat_map(Lock::nodes) {
        let segments = article.versions()[v].segments(article.locked_unit());
        locked[v][segments[segment].paragraph()] = true;
    }
    locked
}

fn is_code(segment: &Segment) -> bool {
    segment.kind() == Kind::Code
}

impl WithoutCode {
    /// Leaves the code of an article out, if there is any.
    pub(super) fn of(article: &Article) -> Option<Self> {
        let holds_code = |version: &Version| version.segments(Unit::Paragraph).iter().any(is_code);
        if !article.versions().iter().any(holds_code) {
            return None;
        }
        let numbers = |(version, stays): (&Version, Vec<bool>)| Numbers {
            paragraphs: Split::of(version.segments(Unit::Paragraph), &stays),
            sentences: Split::of(version.segments(Unit::Sentence), &stays),
        };
        let all = article.versions().iter().zip(locked(article));
        let versions: Vec<Numbers> = all.map(numbers).collect();
        let left = article.versions().iter().zip(&versions);
        let left = left.map(|(version, numbers)| without(version, numbers));
        // The article was sound, so what may be amiss is that there is no text left.
        let left = Article::new(left.collect()).ok();
        let unit = article.locked_unit();
        let locks = article.locks().iter().map(|lock| {
            let lists = lock.segments().iter().zip(&versions);
            Lock::new(lists.map(|(list, numbers)| {
                let kept = &numbers.of(unit).kept;
                let number = |&s: &usize| kept.partition_point(|&kept| kept < s);
                Some(list.as_ref()?.iter().map(number).collect())
            }))
        });
        let locked = |left: Article| {
            let locked = left.with_locks(unit, locks);
            locked.expect("what is locked stays, and was sound")
        };
        let article = left.map(locked);
        Some(Self { article, versions })
    }

    /// What is left of the article, if there is anything.
    pub(super) const fn article(&self) -> Option<&Article> {
        self.article.as_ref()
    }

    /// The alignment of the whole article from that of what is left: the code added, each segment in a
    /// null bead of its own; with evidence, which is none, where the other beads have some.
    pub(super) fn restore(
        &self,
        aligned: Option<Alignment>,
        unit: Unit,
        evidence: bool,
    ) -> Alignment {
        let simplified = aligned.as_ref().map(|a| a.simplified().to_vec());
        let mut beads: Vec<Bead> = aligned.iter().flatten().cloned().collect();
        for bead in &mut beads {
            for (segments, numbers) in bead.segments.iter_mut().zip(&self.versions) {
                for segment in segments {
                    *segment = numbers.of(unit).kept[*segment];
                }
            }
            if let Some(runner_up) = bead.evidence.as_mut().and_then(|e| e.runner_up.as_mut()) {
                let numbers = &self.versions[runner_up.version];
                runner_up.segment = numbers.of(unit).kept[runner_up.segment];
            }
        }
        for (version, numbers) in self.versions.iter().enumerate() {
            beads.extend(numbers.of(unit).code.iter().map(|&segment| {
                let mut segments = vec![Vec::new(); self.versions.len()];
                segments[version].push(segment);
                Bead {
                    segments,
                    score: DECIDED,
                    moved: false,
                    conflict: false,
                    confirmed: false,
                    evidence: evidence.then(|| BeadEvidence {
                        pairs: Vec::new(),
                        runner_up: None,
                    }),
                }
            }));
        }
        let alignment = Alignment::new(unit, beads);
        let alignment = alignment.expect("each segment is either kept or code");
        alignment.with_simplified(simplified.unwrap_or_default())
    }
}

/// A version without its code.
fn without(version: &Version, numbers: &Numbers) -> Version {
    let Numbers {
        paragraphs,
        sentences,
    } = numbers;
    let kept = |unit, split: &Split| -> Vec<Segment> {
        let segments = version.segments(unit);
        split.kept.iter().map(|&i| segments[i].clone()).collect()
    };
    let renumber = |segment: Segment| {
        let before = paragraphs
            .kept
            .partition_point(|&kept| kept < segment.paragraph);
        Segment {
            paragraph: before,
            ..segment
        }
    };
    let paragraphs_left = kept(Unit::Paragraph, paragraphs).into_iter().map(renumber);
    let sentences_left = kept(Unit::Sentence, sentences).into_iter().map(renumber);
    let left = Version::try_from(Parts {
        name: version.name().to_owned(),
        lang: version.lang(),
        lang_score: version.lang_score(),
        layout: version.layout(),
        text: version.text().to_owned(),
        paragraphs: paragraphs_left.collect(),
        sentences: sentences_left.collect(),
        origin: Box::default(),
    });
    let left = left.expect("a version is sound without some of its paragraphs");
    match version.vectors() {
        Some(vectors) => (left.with_vectors(vectors.select(&sentences.kept)))
            .expect("there is a vector for each sentence that is left"),
        None => left,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Aligner, Lang, Source, Vectors};

    /// An article of versions whose paragraphs are given, those that begin with `$` as code.
    fn article(versions: &[(Lang, &[&str])]) -> Article {
        let versions = versions.iter().map(|(lang, paragraphs)| {
            let source = Source::new(paragraphs.join("\n"))
                .lines(Unit::Paragraph)
                .lang(*lang);
            let version = crate::Segmenter::new().version(source).unwrap();
            let mark = |segment: &Segment| {
                let paragraph = version.segments(Unit::Paragraph)[segment.paragraph].clone();
                let kind = match version.text_of(&paragraph).starts_with('$') {
                    true => Kind::Code,
                    false => segment.kind,
                };
                Segment {
                    kind,
                    ..segment.clone()
                }
            };
            let marked = |unit| version.segments(unit).iter().map(mark).collect();
            let (paragraphs, sentences) = (marked(Unit::Paragraph), marked(Unit::Sentence));
            let mut parts = Parts::from(version);
            (parts.paragraphs, parts.sentences) = (paragraphs, sentences);
            Version::try_from(parts).unwrap()
        });
        Article::new(versions.collect()).unwrap()
    }

    fn beads(aligner: &Aligner, article: &Article) -> Vec<(Vec<Vec<usize>>, f64)> {
        let alignment = aligner.align(article);
        let tried = aligner.try_align(article).unwrap();
        assert_eq!(alignment, tried);
        alignment
            .iter()
            .map(|bead| (bead.segments.clone(), bead.score))
            .collect()
    }

    const ENGLISH: &[&str] = &[
        "The list of files",
        "$ ls -l. One. Two.",
        "It has 12 files. There are 3 folders, too.",
        "$ rm -r 12 files",
        "They were made in 1931.",
    ];
    const GERMAN: &[&str] = &[
        "Die Liste der Dateien",
        "$ ls -l",
        "Sie hat 12 Dateien. Auch 3 Ordner gibt es.",
        "Sie wurden 1931 gemacht.",
        "$ exit",
    ];

    #[test]
    fn code_stands_alone_and_the_rest_is_as_without_it() {
        let whole = article(&[(Lang::EN, ENGLISH), (Lang::DE, GERMAN)]);
        let plain = |paragraphs: &[&'static str]| -> Vec<&'static str> {
            paragraphs
                .iter()
                .copied()
                .filter(|p| !p.starts_with('$'))
                .collect()
        };
        let (english, german) = (plain(ENGLISH), plain(GERMAN));
        let rest = article(&[(Lang::EN, &english), (Lang::DE, &german)]);
        for unit in [Unit::Paragraph, Unit::Sentence] {
            let aligner = Aligner::new().unit(unit);
            let segments = |version: usize| whole.versions()[version].segments(unit);
            let (code, text): (Vec<_>, Vec<_>) =
                (beads(&aligner, &whole).into_iter()).partition(|(bead, _)| {
                    (0..2).any(|v| bead[v].iter().any(|&s| is_code(&segments(v)[s])))
                });
            let count = (0..2).map(|v| segments(v).iter().filter(|s| is_code(s)).count());
            assert_eq!(code.len(), count.sum::<usize>(), "{unit:?}");
            for (bead, score) in code {
                assert_eq!((bead.concat().len(), score), (1, 1.0), "{unit:?}");
            }
            let numbers: Vec<Split> = (0..2)
                .map(|v| Split::of(segments(v), &[false; 9]))
                .collect();
            let expected: Vec<_> = (beads(&aligner, &rest).into_iter())
                .map(|(bead, score)| {
                    let renumber = |(list, split): (&Vec<usize>, &Split)| {
                        list.iter().map(|&s| split.kept[s]).collect::<Vec<_>>()
                    };
                    (
                        bead.iter().zip(&numbers).map(renumber).collect::<Vec<_>>(),
                        score,
                    )
                })
                .collect();
            assert_eq!(text, expected, "{unit:?}");
        }
    }

    #[test]
    fn code_is_aligned_where_it_is_asked_for() {
        let article = article(&[(Lang::EN, ENGLISH), (Lang::DE, GERMAN)]);
        let found = beads(&Aligner::new().align_code(true), &article);
        assert!(
            found.iter().any(|(bead, _)| *bead == [[1], [1]]),
            "{found:?}"
        );
    }

    #[test]
    fn nothing_but_code() {
        for (english, german, expected) in [
            (&["$ ls", "$ rm"][..], &["$ ls"][..], 3),
            (&["$ ls", "$ rm"], &["Ein Satz."], 3),
        ] {
            let article = article(&[(Lang::EN, english), (Lang::DE, german)]);
            let found = beads(&Aligner::new(), &article);
            assert_eq!(found.len(), expected, "{found:?}");
        }
    }

    #[test]
    fn vectors_and_evidence_are_those_of_the_text() {
        let article = article(&[(Lang::EN, ENGLISH), (Lang::DE, GERMAN)]);
        let with_vectors = |version: &Version| {
            let sentences = version.segments(Unit::Sentence).len();
            let numbers = (0..sentences * 4).map(|i| ((i * 7) % 11) as f32 - 5.0);
            let vectors = Vectors::new(numbers.collect(), 4).unwrap();
            version.clone().with_vectors(vectors).unwrap()
        };
        let article = Article::new(article.versions().iter().map(with_vectors).collect()).unwrap();
        for unit in [Unit::Paragraph, Unit::Sentence] {
            let aligner = Aligner::new().unit(unit).evidence(true);
            for bead in &aligner.align(&article) {
                let evidence = bead.evidence().unwrap();
                assert_eq!(evidence.pairs().is_empty(), bead.is_null(), "{bead:?}");
            }
        }
    }
}
