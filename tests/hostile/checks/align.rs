//! Articles aligned.

use std::collections::BTreeSet;

use triglyph::{
    Aligner, Alignment, Article, ErrorKind, Lang, Limits, Segmenter, Source, Unit, Words, format,
};

use super::Input;
use super::laws::{check_beads, check_evidence, check_ranges, in_columns};

/// Bytes of all versions together: enough for two hundred short sentences.
const MAX_BYTES: usize = 4096;
const MAX_VERSIONS: usize = 4;

/// Aligns texts, with the options that the first seven bytes tell: the unit, which words count,
/// whether words are learnt, evidence, the lexicon of the crate, whether lines are segments and
/// whether languages are told.
pub fn check(bytes: &[u8]) {
    let mut input = Input::new(&bytes[..bytes.len().min(MAX_BYTES)]);
    let unit = input.choice(&[Unit::Paragraph, Unit::Sentence]);
    let words = input.choice(&[Words::Translated, Words::Shared, Words::Ignored]);
    let learns = input.choice(&[false, true]);
    let evidence = input.choice(&[false, true]);
    let embedded = input.choice(&[true, false]);
    let lines = input.choice(&[None, Some(Unit::Paragraph), Some(Unit::Sentence)]);
    let told: &[Lang] = input.choice(&[
        &[][..],
        &[Lang::EN, Lang::FR, Lang::DE],
        &[Lang::DE],
        &[Lang::FR, Lang::UND],
    ]);
    let sources = input.texts().take(MAX_VERSIONS).enumerate();
    let sources = sources
        .map(|(number, text)| {
            let lang = told.iter().cycle().nth(number).copied();
            let source = lang.into_iter().fold(Source::new(text), Source::lang);
            lines.into_iter().fold(source, Source::lines)
        })
        .collect();
    let Some(article) = read(sources) else {
        return;
    };
    article.versions().iter().for_each(check_ranges);

    let aligner = Aligner::new().unit(unit).words(words);
    let aligner = with_embedded(aligner.self_train(learns).evidence(evidence), embedded);
    let alignment = aligner.align(&article);
    check_beads(&article, &alignment, unit);
    if evidence {
        alignment.iter().for_each(check_evidence);
    }
    check_written(&article, &alignment);
    check_limited(&aligner, &article, &alignment);
    if !has_equal_versions(&article) {
        let reversed = article.versions().iter().rev().cloned().collect();
        let reversed = Article::new(reversed).expect("the order of the versions makes no error");
        check_reversed(
            &alignment,
            &aligner.align(&reversed),
            article.versions().len(),
        );
    }
}

#[cfg(feature = "lexicon")]
fn with_embedded(aligner: Aligner, embedded: bool) -> Aligner {
    aligner.embedded(embedded)
}

/// Without the feature, no lexicon is in the crate.
#[cfg(not(feature = "lexicon"))]
const fn with_embedded(aligner: Aligner, _: bool) -> Aligner {
    aligner
}

/// The article, or nothing where its texts are refused.
fn read(sources: Vec<Source>) -> Option<Article> {
    match Segmenter::new().article(sources) {
        Ok(article) => Some(article),
        Err(error) => match error.kind() {
            ErrorKind::TooFewVersions { .. }
            | ErrorKind::NoText { .. }
            | ErrorKind::LanguageNotAllowed { .. } => None,
            _ => panic!("{error}"),
        },
    }
}

/// Whether two versions with text are told apart by nothing but their order.
fn has_equal_versions(article: &Article) -> bool {
    let texts = article
        .versions()
        .iter()
        .map(|version| version.text().trim());
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    texts.iter().collect::<BTreeSet<_>>().len() < texts.len()
}

/// Checks that the beads are the same with the versions in the other order.
fn check_reversed(alignment: &Alignment, reversed: &Alignment, versions: usize) {
    let order: Vec<usize> = (0..versions).collect();
    let backwards: Vec<usize> = order.iter().rev().copied().collect();
    let (given, found) = (
        in_columns(alignment, &order),
        in_columns(reversed, &backwards),
    );
    assert_eq!(given.len(), found.len(), "{given:?} and {found:?}");
    for ((columns, bead), (others, other)) in given.into_iter().zip(found) {
        assert_eq!(columns, others);
        let difference = (bead.score() - other.score()).abs();
        assert!(difference < 1e-6, "{bead:?} and {other:?}");
        assert_eq!(
            (bead.moved(), bead.conflict()),
            (other.moved(), other.conflict())
        );
    }
}

/// Checks that with any limit every segment stands in one bead, and that what is beyond it is both said
/// and refused, and what is not is aligned as without.
fn check_limited(aligner: &Aligner, article: &Article, alignment: &Alignment) {
    assert_eq!(alignment.simplified(), []);
    let limits = [0, 1, 3, 30, 300].into_iter().flat_map(|most| {
        let limits = Limits::none();
        [
            limits.characters(most),
            limits.segments(most),
            limits.work(most),
            limits.work(100 * most),
        ]
    });
    for limits in limits {
        let aligner = aligner.clone().limits(limits);
        let limited = aligner.align(article);
        check_beads(article, &limited, alignment.unit());
        match aligner.try_align(article) {
            Ok(all) => assert_eq!([&all, &limited], [alignment; 2], "{limits:?}"),
            Err(error) => {
                let kind = error.kind();
                assert!(matches!(kind, ErrorKind::BeyondLimit { .. }), "{error}");
                assert!(!limited.simplified().is_empty(), "{limits:?}");
            }
        }
        for simplified in limited.simplified() {
            assert!(simplified.found() > simplified.most(), "{simplified:?}");
        }
        check_written(article, &limited);
    }
}

/// Checks that every format has all beads, and that nothing in a text ends a line.
fn check_written(article: &Article, alignment: &Alignment) {
    let mut table = Vec::new();
    format::tsv::write(&mut table, article, alignment).unwrap();
    let table = String::from_utf8(table).unwrap();
    let columns = 3 + article.versions().len();
    assert_eq!(
        table.lines().count(),
        1 + alignment.iter().len(),
        "{table:?}"
    );
    for line in table.lines() {
        assert_eq!(line.split('\t').count(), columns, "{line:?}");
    }
    #[cfg(feature = "json")]
    {
        let mut line = Vec::new();
        format::jsonl::write(&mut line, "a", article, alignment).unwrap();
        let record: serde_json::Value = serde_json::from_slice(&line).unwrap();
        let beads = record["beads"].as_array().map(Vec::len);
        assert_eq!(beads, Some(alignment.iter().len()));
        let ends = |byte: &&u8| **byte == b'\n';
        assert_eq!(line.iter().filter(ends).count(), 1);
    }
}
