//! What holds of every article: where its segments stand, and how its beads lie.

use triglyph::{Alignment, Article, Bead, Unit, Version};

/// What is documented on [`Alignment`] and [`Bead`].
pub fn check_beads(article: &Article, alignment: &Alignment, unit: Unit) {
    assert_eq!(alignment.unit(), unit);
    assert!(
        (0.0..=1.0).contains(&alignment.score()),
        "{}",
        alignment.score()
    );
    let versions = article.versions();
    let mut places: Vec<Vec<Option<usize>>> = (versions.iter())
        .map(|version| vec![None; version.segments(unit).len()])
        .collect();
    for (place, bead) in alignment.iter().enumerate() {
        let segments = bead.segments();
        assert_eq!(segments.len(), versions.len());
        assert!((0.0..=1.0).contains(&bead.score()), "{bead:?}");
        let filled = segments.iter().filter(|list| !list.is_empty()).count();
        assert!(filled > 0, "{bead:?}");
        assert_eq!(bead.is_null(), filled == 1, "{bead:?}");
        let shape: Vec<String> = segments.iter().map(|list| list.len().to_string()).collect();
        assert_eq!(bead.shape().to_string(), shape.join(":"));
        for (v, list) in segments.iter().enumerate() {
            assert!(list.is_sorted_by(|a, b| a < b), "{bead:?}");
            for &segment in list {
                let before = places[v][segment].replace(place);
                assert_eq!(
                    before, None,
                    "segment {segment} of version {v} stands twice"
                );
            }
        }
    }
    for (v, places) in places.iter().enumerate() {
        let lost = places.iter().position(Option::is_none);
        assert_eq!(lost, None, "a segment of version {v} stands in no bead");
    }
    check_order(alignment, &places);
}

/// What is documented on [`BeadEvidence`](triglyph::BeadEvidence).
pub fn check_evidence(bead: &Bead) {
    let evidence = bead.evidence().expect("asked for");
    let filled = |v: &usize| !bead.segments()[*v].is_empty();
    let filled: Vec<usize> = (0..bead.segments().len()).filter(filled).collect();
    let pairs = (filled.iter()).flat_map(|&x| filled.iter().map(move |&y| [x, y]));
    let expected: Vec<[usize; 2]> = pairs.filter(|[x, y]| x < y).collect();
    let found: Vec<[usize; 2]> = evidence
        .pairs()
        .iter()
        .map(|pair| pair.versions())
        .collect();
    assert_eq!(found, expected, "{bead:?}");
    for pair in evidence.pairs() {
        assert!(pair.log_odds().is_finite(), "{bead:?}");
        for p in [pair.posterior(), pair.agreed()] {
            assert!((0.0..=1.0).contains(&p), "{bead:?}");
        }
    }
    if let Some(runner_up) = evidence.runner_up() {
        let own = &bead.segments()[runner_up.version()];
        assert!(!own.contains(&runner_up.segment()), "{bead:?}");
        assert!((0.05..=1.0).contains(&runner_up.posterior()), "{bead:?}");
    }
}

/// Beads follow the first version; one without it stands behind the bead of its predecessor in
/// its own first version, with none of the first version between them.
fn check_order(alignment: &Alignment, places: &[Vec<Option<usize>>]) {
    let beads: Vec<_> = alignment.iter().collect();
    let in_first = |place: usize| !beads[place].segments()[0].is_empty();
    let firsts: Vec<usize> = beads
        .iter()
        .filter_map(|b| b.segments()[0].first().copied())
        .collect();
    assert!(firsts.is_sorted(), "{firsts:?}");
    for (place, bead) in beads.iter().enumerate() {
        let lists = bead.segments().iter().enumerate();
        let (v, head) = lists
            .filter_map(|(v, list)| Some((v, *list.first()?)))
            .next()
            .unwrap();
        if v == 0 {
            continue;
        }
        let before = match head.checked_sub(1) {
            Some(predecessor) => places[v][predecessor].unwrap() + 1,
            None => 0,
        };
        assert!(before <= place, "{bead:?} stands before its predecessor");
        assert!(
            !(before..place).any(in_first),
            "{bead:?} stands too far behind its predecessor"
        );
    }
}

/// What is documented on [`Version`]: where its paragraphs and sentences lie.
pub fn check_ranges(version: &Version) {
    let text = version.text();
    let (paragraphs, sentences) = (
        version.segments(Unit::Paragraph),
        version.segments(Unit::Sentence),
    );
    let blank = |gap: &str| gap.chars().all(|c| c.is_whitespace() || is_invisible(c));
    let mut end = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let range = paragraph.range();
        assert!(
            !range.is_empty() && end <= range.start,
            "{range:?} in {text:?}"
        );
        assert!(
            blank(&text[end..range.start]),
            "{:?}",
            &text[end..range.start]
        );
        assert_eq!(paragraph.paragraph(), index);
        assert_eq!(version.text_of(paragraph), &text[range.clone()]);
        end = range.start;
        let inner = version.sentences_of(index);
        assert!(
            !inner.is_empty(),
            "{:?} has no sentence",
            version.text_of(paragraph)
        );
        for sentence in &sentences[inner] {
            let own = sentence.range();
            assert!(!own.is_empty() && end <= own.start, "{own:?} in {text:?}");
            assert!(
                text[end..own.start].trim().is_empty(),
                "{:?}",
                &text[end..own.start]
            );
            assert_eq!(sentence.paragraph(), index);
            assert_eq!(sentence.kind(), paragraph.kind());
            end = own.end;
        }
        assert!(
            end <= range.end && text[end..range.end].trim().is_empty(),
            "{range:?} in {text:?}"
        );
        end = range.end;
    }
    assert!(blank(&text[end..]), "{:?}", &text[end..]);
    let inside: usize = (0..paragraphs.len())
        .map(|p| version.sentences_of(p).len())
        .sum();
    assert_eq!(inside, sentences.len());
}

/// Characters that take no room and are no letters.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// The beads with their versions in this order, sorted.
pub fn in_columns<'a>(
    alignment: &'a Alignment,
    order: &[usize],
) -> Vec<(Vec<Vec<usize>>, &'a Bead)> {
    let columns = |bead: &Bead| order.iter().map(|&v| bead.segments()[v].clone()).collect();
    let mut beads: Vec<_> = alignment.iter().map(|bead| (columns(bead), bead)).collect();
    beads.sort_by(|a: &(Vec<Vec<usize>>, _), b| a.0.cmp(&b.0));
    beads
}
