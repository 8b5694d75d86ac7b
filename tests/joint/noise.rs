//! What translates nothing.

use super::*;

/// Whether three versions are aligned as told.
fn is_right(name: &str, texts: &[Text]) -> bool {
    std::panic::catch_unwind(|| check(name, texts, THREE, &[])).is_ok()
}

/// Nothing but its words tells noise that stands at one place in several versions from a translation:
/// one case in four may be wrong.
fn assert_most(right: &[bool]) {
    let wrong = right.iter().filter(|&&right| !right).count();
    assert!(
        wrong * 4 <= right.len(),
        "{wrong} of {} are wrong",
        right.len()
    );
}

#[test]
fn noise_between_the_halves_of_a_paragraph() {
    let mut right = Vec::new();
    for noise in NOISE {
        for row in [2, 5, 8, 12] {
            let mut texts = columns(&BOAT, THREE);
            // Where all versions are cut, the halves are beads of their own.
            let second = if noise.contains(&"") { row } else { ADDED };
            for (c, text) in texts
                .iter_mut()
                .enumerate()
                .filter(|(c, _)| !noise[*c].is_empty())
            {
                let [first, rest] = &halves(BOAT[row][c])[..] else {
                    panic!("one sentence: {}", BOAT[row][c]);
                };
                let parts = [(row, &first[..]), (ALONE, noise[c]), (second, rest)];
                text.splice(row..=row, parts.map(|(key, part)| (key, part.to_owned())));
            }
            let name = format!("{noise:?} in paragraph {row}");
            right.push(is_right(&name, &texts));
        }
    }
    assert_most(&right);
}

#[test]
fn noise_between_paragraphs() {
    let mut right = Vec::new();
    for noise in NOISE {
        for at in (1..BOAT.len()).step_by(4) {
            let mut texts = columns(&BOAT, THREE);
            for (text, noise) in texts.iter_mut().zip(noise).filter(|(_, n)| !n.is_empty()) {
                text.insert(at, (ALONE, (*noise).to_owned()));
            }
            let name = format!("{noise:?} before {at}");
            right.push(is_right(&name, &texts));
        }
    }
    assert_most(&right);
}

#[test]
fn translated_boilerplate() {
    for line in FURNITURE {
        for at in [0, 5, BOAT.len()] {
            let mut texts = columns(&BOAT, THREE);
            for (text, line) in texts.iter_mut().zip(line) {
                text.insert(at, (ADDED, (*line).to_owned()));
            }
            check(&format!("{line:?} at {at}"), &texts, THREE, &[]);
        }
    }
}

#[test]
fn versions_of_different_articles() {
    for (name, texts, which) in [
        (
            "boat and bees",
            [column(&BOAT, 0), column(&BEES, 2)],
            [0, 2],
        ),
        (
            "bees and boat",
            [column(&BEES, 1), column(&BOAT, 0)],
            [1, 0],
        ),
        ("long and boat", [long(60, 0), column(&BOAT, 2)], [0, 2]),
        (
            "song and bees",
            [column(&SONG, 2), column(&BEES, 1)],
            [2, 1],
        ),
    ] {
        for unit in UNITS {
            let alignment = Aligner::new().unit(unit).align(&article(&texts, &which));
            let score = alignment.score();
            assert!(score < 0.2, "{name} by {unit:?}: {score}");
            let linked = alignment.iter().filter(|bead| !bead.is_null()).count();
            let beads = alignment.iter().count();
            assert!(
                linked * 8 <= beads,
                "{name} by {unit:?}: {linked} of {beads}"
            );
        }
    }
}

#[test]
fn half_parallel_versions() {
    for which in [[0, 1], [0, 2], [1, 2], [2, 1]] {
        let mut texts = columns(&BOAT, &which);
        texts[1].truncate(8);
        let other = column(&BEES, which[1]).into_iter().skip(1);
        texts[1].extend(other.map(|(_, text)| (ALONE, text)));
        let score = Aligner::new().align(&article(&texts, &which)).score();
        assert!((0.2..0.6).contains(&score), "{which:?}: {score}");
    }
}

#[test]
fn neighbours_with_a_name_and_a_number_in_common() {
    check("whole", &columns(PERRIN, THREE), THREE, &[]);
    for (v, i) in (0..3).flat_map(|v| [(v, 0), (v, 2)]) {
        let mut texts = columns(PERRIN, THREE);
        texts[v].remove(i);
        check(&format!("without {i} in {v}"), &texts, THREE, &[]);
    }
}

#[test]
fn pairs_that_contradict_each_other() {
    for (name, texts) in DISPUTED {
        let around = AROUND.iter().zip(texts);
        let texts: Vec<String> = around
            .map(|([before, after], text)| format!("{before}\n\n{text}\n\n{after}"))
            .collect();
        let alignment = Aligner::new().align(&read(&texts, THREE));
        for bead in &alignment {
            let disputed = bead.segments()[1].iter().any(|i| [1, 2].contains(i));
            let linked = bead.segments().iter().all(|list| !list.is_empty());
            assert_eq!(bead.conflict(), disputed && linked, "{name}: {bead:?}");
        }
    }
}
