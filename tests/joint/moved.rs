//! Blocks that stand elsewhere, and lines that only look so.

use super::*;

fn chars(range: Range<usize>) -> usize {
    let rows = BOAT[range].iter();
    rows.map(|row| row[0].chars().count()).sum()
}

/// What is moved is the smaller part by far of what changes places; otherwise either may be.
#[test]
fn moved_blocks() {
    for which in [TWO, THREE] {
        for (len, from) in [1, 2, 5]
            .into_iter()
            .flat_map(|len| (1..14).map(move |i| (len, i)))
        {
            for to in (from % 3..=15 - len).step_by(3) {
                let over = match to < from {
                    true => to..from,
                    false => from + len..to + len,
                };
                let end = from + len;
                if end > 15 || over.end > 15 || chars(over) < 4 * chars(from..end) {
                    continue;
                }
                let keys: Vec<usize> = (from..end).collect();
                let v = (from + to) % which.len();
                let mut texts = columns(&BOAT, which);
                let block: Text = texts[v].drain(from..end).collect();
                texts[v].splice(to..to, block);
                let name = format!("{from}..{end} to {to} in {v} of {which:?}");
                check(&name, &texts, which, &keys);
            }
        }
    }
}

#[test]
fn teasers_in_other_places() {
    for teaser in TEASERS {
        for [en, fr, de] in [
            [3, 3, 14],
            [1, 12, 1],
            [4, 13, 13],
            [15, 1, 15],
            [6, 15, 15],
        ] {
            let mut texts = columns(&BOAT, THREE);
            for (c, at) in [en, fr, de].into_iter().enumerate() {
                texts[c].insert(at, (ADDED, teaser[c].to_owned()));
            }
            let name = format!("{} at {en}, {fr}, {de}", teaser[0]);
            check(&name, &texts, THREE, &[ADDED]);
        }
    }
}

#[test]
fn a_block_of_a_long_article() {
    for (which, block, to) in [(TWO, 300..320, 1000), (THREE, 1100..1120, 400)] {
        let mut texts: Vec<Text> = which.iter().map(|&c| long(1500, c)).collect();
        let last = texts.last_mut().unwrap();
        let moved: Text = last.drain(block.clone()).collect();
        last.splice(to..to, moved);
        let keys: Vec<usize> = block.clone().collect();
        check(
            &format!("{block:?} to {to} in {which:?}"),
            &texts,
            which,
            &keys,
        );
    }
}

/// The gap before the half that is left in its place is wider than what is looked at of a long text.
#[test]
fn halves_that_change_places() {
    for half in [700, 800] {
        let mut texts = vec![long(2 * half, 0); 2];
        texts[1].rotate_left(half);
        let alignment = Aligner::new().align(&article(&texts, &[0, 0]));
        // Either half may be the one that is moved.
        let is_first = |bead: &Bead| bead.moved() && bead.segments()[0] < vec![half];
        let start = half * usize::from(!alignment.iter().any(is_first));
        let moved: Vec<usize> = (start..start + half).collect();
        check_beads(&format!("{half}"), &texts, &alignment, &moved);
    }
}

/// Two versions hold different lines of a third, and a rare word stands in one of each.
#[test]
fn lines_that_a_third_version_tells_apart() {
    let word = |n: usize| -> String {
        let n = n * 7_919_993 % 26_usize.pow(5);
        let letter = |place| char::from(b'a' + (n / 26_usize.pow(place) % 26) as u8);
        (0..5).map(letter).collect()
    };
    let line = |i: usize| {
        let shared = i / 50 % 2 * 49;
        let words = (0..5).map(|w| {
            word(if w == 1 {
                (i - shared) * 5 + 1
            } else {
                i * 5 + w
            })
        });
        (i, words.collect::<Vec<String>>().join(" "))
    };
    let all: Text = (0..400).map(line).collect();
    let some = |from| all.iter().skip(from).step_by(2).cloned().collect();
    check("even and odd", &[all.clone(), some(0), some(1)], THREE, &[]);
}

/// Checks that no link between two versions crosses another, and that none is marked as moved.
fn check_rising(name: &str, alignment: &Alignment, versions: usize) {
    for (a, b) in (0..versions).flat_map(|b| (0..b).map(move |a| (a, b))) {
        let mut last = 0;
        for bead in alignment {
            assert!(!bead.moved(), "{name}: {bead:?}");
            if let [Some(_), Some(&first)] = [a, b].map(|v| bead.segments()[v].first()) {
                assert!(
                    last <= first,
                    "{name}: {bead:?} stands before {last} in {b}"
                );
                last = bead.segments()[b].last().copied().unwrap_or(first);
            }
        }
    }
}

#[test]
fn repeated_lines() {
    let more = ["Read more", "Lire la suite", "Weiterlesen"];
    for (name, places) in [
        ("everywhere", [[2, 4, 6, 9, 12]; 3]),
        (
            "one later in German",
            [[2, 4, 6, 9, 12], [2, 4, 6, 9, 12], [3, 4, 6, 9, 12]],
        ),
        (
            "elsewhere",
            [[2, 4, 6, 9, 12], [3, 5, 7, 10, 13], [2, 6, 8, 12, 15]],
        ),
        (
            "in other parts",
            [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12, 13, 14, 15]],
        ),
    ] {
        let mut texts = columns(&BOAT, THREE);
        for (c, places) in places.into_iter().enumerate() {
            for at in places.into_iter().rev() {
                texts[c].insert(at, (ADDED, more[c].to_owned()));
            }
        }
        let alignment = Aligner::new().align(&article(&texts, THREE));
        check_rising(name, &alignment, 3);
    }
}

#[test]
fn a_song() {
    let whole = columns(&SONG, THREE);
    check("whole", &whole, THREE, &[]);
    for (v, i) in (0..3).flat_map(|v| (0..SONG.len()).map(move |i| (v, i))) {
        let mut texts = whole.clone();
        texts[v].remove(i);
        let name = format!("without line {i} in {v}");
        let alignment = Aligner::new().align(&article(&texts, THREE));
        check_rising(&name, &alignment, 3);
        // Which refrain is missing is nothing that a reader could tell either.
        if SONG[i] != SONG[2] {
            check_beads(&name, &texts, &alignment, &[]);
        }
    }
}

#[test]
fn near_identical_lines() {
    let notes = |c: usize| -> Text {
        let what = [
            ["Faster search", "Recherche plus rapide", "Schnellere Suche"][c],
            [
                "Small corrections",
                "Petites corrections",
                "Kleine Korrekturen",
            ][c],
        ];
        let lines = (0..10).flat_map(|i| [format!("Version 1.{i}"), what[i % 2].to_owned()]);
        lines.enumerate().collect()
    };
    for (name, lost) in [("whole", [0..0, 0..0, 0..0])] {
        let mut texts: Vec<Text> = (0..3).map(notes).collect();
        for (text, lost) in texts.iter_mut().zip(lost) {
            text.drain(lost);
        }
        let alignment = check(name, &texts, THREE, &[]);
        check_rising(name, &alignment, 3);
    }
}
