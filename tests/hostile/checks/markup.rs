//! Pages in HTML and texts in Markdown.

use std::collections::BTreeMap;

use triglyph::{Aligner, Article, ErrorKind, Lang, Segmenter, Source, Unit, Version, Words};

use super::Input;
use super::laws::{check_beads, check_ranges};

/// Reads a text in markup with what the first two bytes tell of it: what it is written in, and its
/// language.
pub fn check(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let form = input.choice(&[Source::html as fn(Source) -> Source, Source::markdown]);
    let told = input.choice(&[Some(Lang::EN), None, Some(Lang::FR)]);
    let text = String::from_utf8_lossy(input.rest());
    let read = |main_content| {
        let source = form(Source::new(&*text)).main_content(main_content);
        let source = told.into_iter().fold(source, Source::lang);
        match Segmenter::new().version(source) {
            Ok(version) => Some(version),
            Err(error) => match error.kind() {
                ErrorKind::LanguageNotAllowed { .. } if told.is_none() => None,
                _ => panic!("{error}"),
            },
        }
    };
    let [whole, main] = [false, true].map(read);
    for version in [&whole, &main].into_iter().flatten() {
        check_ranges(version);
        check_places(version, &text);
    }
    if let (Some(whole), Some(main)) = (&whole, &main) {
        check_part(main, whole);
    }
    if let Some(version) = whole {
        check_code(version);
    }
}

/// Segments stand where they are said to stand: on bounds of characters, sentences in their paragraphs.
fn check_places(version: &Version, source: &str) {
    for unit in [Unit::Paragraph, Unit::Sentence] {
        for (index, segment) in version.segments(unit).iter().enumerate() {
            let Some(place) = version.place(unit, index) else {
                continue;
            };
            assert!(source.get(place.clone()).is_some(), "{place:?}");
            let paragraph = version.place(Unit::Paragraph, segment.paragraph());
            if let Some(paragraph) = paragraph.filter(|_| unit == Unit::Sentence) {
                let text = version.text_of(segment);
                // What a browser moves may be anywhere.
                let inside = paragraph.start <= place.start && place.end <= paragraph.end;
                assert!(inside || source.contains("<t"), "{text:?} at {place:?}");
            }
        }
    }
}

/// The main content has no paragraph that the page has not.
fn check_part(main: &Version, whole: &Version) {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for segment in whole.segments(Unit::Paragraph) {
        *count.entry(whole.text_of(segment)).or_default() += 1;
    }
    for segment in main.segments(Unit::Paragraph) {
        let text = main.text_of(segment);
        let left = count
            .get_mut(text)
            .and_then(|count| count.checked_sub(1).map(|left| *count = left));
        assert!(left.is_some(), "{text:?} is not in the page");
    }
}

/// Every segment stands in one bead, whether code is aligned or not.
fn check_code(version: Version) {
    let Ok(article) = Article::new(vec![version.clone(), version]) else {
        return;
    };
    for unit in [Unit::Paragraph, Unit::Sentence] {
        for align_code in [false, true] {
            let aligner = Aligner::new().words(Words::Ignored).unit(unit);
            let alignment = aligner.align_code(align_code).align(&article);
            check_beads(&article, &alignment, unit);
        }
    }
}
