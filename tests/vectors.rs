//! Vectors of the user's own, from outside.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use triglyph::{
    Aligner, Alignment, Article, ErrorKind, Lang, Segmenter, Source, Unit, Vectors, Version, Words,
};

/// A version of one sentence a line.
fn version(name: &str, lang: Lang, lines: &[&str]) -> Version {
    let source = Source::new(lines.join("\n")).lines(Unit::Sentence);
    let segmenter = Segmenter::new();
    segmenter.version(source.lang(lang).name(name)).unwrap()
}

/// Six sentences of which all are equally long and have no word in common.
const ENGLISH: [&str; 6] = [
    "Old dogs bark.",
    "Red hens flew.",
    "Wet moss grew.",
    "Big oaks fell.",
    "Few boys sang.",
    "Hot milk rose.",
];
const GERMAN: [&str; 3] = ["Es wuchs Moos.", "Eichen fielen.", "Es sang wer da"];

/// A direction a meaning, with a little of all others, as models have it.
fn vectors(meanings: &[usize]) -> Vectors {
    let vector = |&meaning: &usize| (0..6).map(move |i| if i == meaning { 1.0 } else { 0.15 });
    Vectors::new(meanings.iter().flat_map(vector).collect(), 6).unwrap()
}

fn links(alignment: &Alignment) -> Vec<[Vec<usize>; 2]> {
    let beads = alignment.iter().map(|bead| bead.segments());
    let linked = beads.filter(|segments| segments.iter().all(|s| !s.is_empty()));
    linked.map(|s| [s[0].clone(), s[1].clone()]).collect()
}

fn align(versions: Vec<Version>) -> Vec<[Vec<usize>; 2]> {
    let aligner = Aligner::new().unit(Unit::Sentence).words(Words::Ignored);
    links(&aligner.align(&Article::new(versions).unwrap()))
}

fn expected(pairs: &[(usize, usize)]) -> Vec<[Vec<usize>; 2]> {
    pairs.iter().map(|&(i, j)| [vec![i], vec![j]]).collect()
}

#[test]
fn vectors_tell_what_lengths_do_not() {
    let both = || {
        [
            version("en", Lang::EN, &ENGLISH),
            version("de", Lang::DE, &GERMAN),
        ]
    };
    let right = expected(&[(2, 0), (3, 1), (4, 2)]);
    assert_ne!(align(both().to_vec()), right);
    let [english, german] = both();
    let english = english.with_vectors(vectors(&[0, 1, 2, 3, 4, 5])).unwrap();
    let german = german.with_vectors(vectors(&[2, 3, 4])).unwrap();
    assert_eq!(align(vec![english.clone(), german.clone()]), right);
    // Beside words, too.
    let article = Article::new(vec![english.clone(), german]).unwrap();
    let aligner = Aligner::new().unit(Unit::Sentence);
    assert_eq!(links(&aligner.align(&article)), right);
    // One version alone has nothing to compare them with.
    let [_, german] = both();
    assert_eq!(align(vec![english, german]), align(both().to_vec()));
}

#[test]
fn what_moved_is_found() {
    let english = version("en", Lang::EN, &ENGLISH);
    let german = version("de", Lang::DE, &ENGLISH);
    let english = english.with_vectors(vectors(&[0, 1, 2, 3, 4, 5])).unwrap();
    let german = german.with_vectors(vectors(&[5, 0, 1, 2, 3, 4])).unwrap();
    let right = expected(&[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 0)]);
    assert_eq!(align(vec![english, german]), right);
}

#[test]
fn zeros_say_nothing() {
    let versions = [
        version("en", Lang::EN, &ENGLISH),
        version("de", Lang::DE, &GERMAN),
    ];
    let zeros = versions.clone().map(|version| {
        let count = version.segments(Unit::Sentence).len();
        version.with_vectors(Vectors::new(vec![0.0; 4 * count], 4).unwrap())
    });
    let zeros = zeros.into_iter().collect::<Result<_, _>>().unwrap();
    assert_eq!(align(zeros), align(versions.to_vec()));
}

#[test]
fn errors_state_both_counts() {
    let english = version("en.txt", Lang::EN, &ENGLISH);
    let german = version("de.txt", Lang::DE, &GERMAN);
    let error = english.clone().with_vectors(vectors(&[0, 1])).unwrap_err();
    let (found, expected) = match error.kind() {
        ErrorKind::VectorCount {
            found, expected, ..
        } => (*found, *expected),
        other => panic!("{other}"),
    };
    assert_eq!((found, expected), (2, 6));
    let message = "en.txt: 2 vectors, expected one for each of 6 sentences";
    assert_eq!(error.to_string(), message);

    let english = english.with_vectors(vectors(&[0, 1, 2, 3, 4, 5])).unwrap();
    let german = german.with_vectors(Vectors::new(vec![1.0; 12], 4).unwrap());
    let error = Article::new(vec![english, german.unwrap()]).unwrap_err();
    let message = "de.txt: vectors of dimension 4, expected 6 as those of en.txt";
    assert_eq!(error.to_string(), message);
    assert!(matches!(error.kind(), ErrorKind::VectorDimension { .. }));
}

#[test]
fn a_version_without_text_fits_any_dimension() {
    let english = version("en", Lang::EN, &ENGLISH);
    let english = english.with_vectors(vectors(&[0, 1, 2, 3, 4, 5])).unwrap();
    let empty = version("de", Lang::DE, &[]);
    let empty = empty.with_vectors(Vectors::from_raw(&[], 0).unwrap());
    assert_eq!(align(vec![english, empty.unwrap()]), expected(&[]));
}

#[cfg(feature = "serde")]
#[test]
fn a_version_is_written_without_its_vectors() {
    let plain = version("en", Lang::EN, &ENGLISH);
    let english = plain.clone().with_vectors(vectors(&[0, 1, 2, 3, 4, 5]));
    let json = serde_json::to_string(&english.unwrap()).unwrap();
    assert_eq!(json, serde_json::to_string(&plain).unwrap());
    assert_eq!(serde_json::from_str::<Version>(&json).unwrap(), plain);
}

/// Sentences of some lengths, and a vector for each.
fn any_version() -> impl Strategy<Value = (Vec<usize>, Vec<[f32; 5]>)> {
    let number = prop_oneof![
        4 => -1.0_f32..1.0,
        1 => Just(0.0),
        1 => prop::num::f32::NORMAL,
    ];
    let sentence = (1..60_usize, prop::array::uniform5(number));
    prop::collection::vec(sentence, 1..12).prop_map(|sentences| sentences.into_iter().unzip())
}

fn of_any(lang: Lang, (lengths, numbers): &(Vec<usize>, Vec<[f32; 5]>)) -> Version {
    let lines: Vec<String> = lengths.iter().map(|&l| "x".repeat(l)).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let vectors = Vectors::new(numbers.concat(), 5).unwrap();
    let version = version(lang.code(), lang, &lines);
    version.with_vectors(vectors).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Whatever the vectors say, every segment comes out once, with a score that is one, and the
    /// same in any order of the versions.
    #[test]
    fn no_segment_is_lost(any in prop::array::uniform3(any_version())) {
        let [english, french, german] = [Lang::EN, Lang::FR, Lang::DE];
        let versions = [
            of_any(english, &any[0]),
            of_any(french, &any[1]),
            of_any(german, &any[2]),
        ];
        let aligner = Aligner::new().unit(Unit::Sentence);
        let alignment = aligner.align(&Article::new(versions.to_vec()).unwrap());
        for (v, (lengths, _)) in any.iter().enumerate() {
            let mut found: Vec<usize> =
                alignment.iter().flat_map(|bead| bead.segments()[v].clone()).collect();
            found.sort_unstable();
            prop_assert_eq!(found, (0..lengths.len()).collect::<Vec<_>>());
        }
        for bead in alignment.iter() {
            prop_assert!((0.0..=1.0).contains(&bead.score()));
        }
        let turned = versions.into_iter().rev().collect();
        let turned = aligner.align(&Article::new(turned).unwrap());
        let beads = |alignment: &Alignment, turn: bool| {
            let mut beads: Vec<Vec<Vec<usize>>> =
                alignment.iter().map(|bead| bead.segments().to_vec()).collect();
            if turn {
                beads.iter_mut().for_each(|bead| bead.reverse());
            }
            beads.sort();
            beads
        };
        prop_assert_eq!(beads(&alignment, false), beads(&turned, true));
    }

    /// No bytes make reading fail in any way but an error.
    #[test]
    fn any_bytes_are_vectors_or_an_error(
        mut bytes in prop::collection::vec(any::<u8>(), 0..200),
        count in 0..9_usize,
        begins in any::<bool>(),
    ) {
        if begins {
            let head = b"\x93NUMPY\x01\x00\x46\x00{'descr': '<f4', 'fortran_order': False, ";
            bytes.splice(0..0, head.iter().copied());
        }
        let _ = Vectors::from_npy(&bytes);
        if let Ok(vectors) = Vectors::from_raw(&bytes, count) {
            prop_assert_eq!(vectors.len(), count);
        }
    }
}

#[cfg(feature = "cli")]
mod program {
    use std::fs;
    use std::path::{Path, PathBuf};

    use serde_json::Value;
    use snapbox::cmd::{Command, OutputAssert, cargo_bin};

    /// A folder with two files of sentences that no lexicon knows, all equally long, and files of
    /// vectors: good ones by which the second and the third are the same, and bad ones.
    fn folder(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("vectors")
            .join(name);
        fs::create_dir_all(&folder).unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
        write(
            "en.txt",
            b"Brul stinv.\n\nMopt frelk.\n\nDwin spolt.\n\nGlask trip.\n",
        );
        write("de.txt", "Klub wönst.\n\nZwirf talt.\n".as_bytes());
        write(
            "en.npy",
            &npy("(4, 3)", &[1, 0, 0, 0, 1, 0, 0, 0, 1, -1, -1, 0]),
        );
        write("de.npy", &npy("(2, 3)", &[0, 2, 0, 0, 0, 2]));
        write("de.f32", &floats(&[0, 2, 0, 0, 0, 2]));
        write("three.npy", &npy("(3, 3)", &[1; 9]));
        write("uneven.f32", &floats(&[1; 7]));
        write("empty.f32", b"");
        write("four.npy", &npy("(2, 4)", &[1; 8]));
        write("short.npy", &npy("(2, 4)", &[1; 7]));
        write("text.npy", b"0.5 0.5\n");
        let nan = [
            floats(&[1, 2, 3, 4]),
            f32::NAN.to_le_bytes().to_vec(),
            floats(&[6]),
        ];
        write("nan.f32", &nan.concat());
        folder
    }

    fn floats(numbers: &[i8]) -> Vec<u8> {
        numbers
            .iter()
            .flat_map(|&x| f32::from(x).to_le_bytes())
            .collect()
    }

    fn npy(shape: &str, numbers: &[i8]) -> Vec<u8> {
        let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n");
        let length = (header.len() as u16).to_le_bytes();
        [
            b"\x93NUMPY\x01\x00",
            &length[..],
            header.as_bytes(),
            &floats(numbers),
        ]
        .concat()
    }

    fn align(folder: &Path, args: &[&str]) -> OutputAssert {
        let files = [
            "align",
            "en.txt",
            "de.txt",
            "--lang",
            "en.txt=en",
            "--lang",
            "de.txt=de",
        ];
        Command::new(cargo_bin!("triglyph"))
            .current_dir(folder)
            .args(files)
            .args(args)
            .assert()
    }

    fn stderr(assert: &OutputAssert) -> String {
        String::from_utf8(assert.get_output().stderr.clone()).unwrap()
    }

    fn linked(assert: &OutputAssert) -> Vec<Value> {
        let record: Value = serde_json::from_slice(&assert.get_output().stdout).unwrap();
        let beads = record["beads"].as_array().unwrap().iter();
        let segments = beads.map(|bead| bead["segments"].clone());
        segments
            .filter(|s| {
                s.as_array()
                    .unwrap()
                    .iter()
                    .all(|s| s != &Value::Array(vec![]))
            })
            .collect()
    }

    #[test]
    fn files_of_vectors_tell() {
        let folder = folder("tell");
        let right = [serde_json::json!([[1], [0]]), serde_json::json!([[2], [1]])];
        for german in ["de.npy", "de.f32"] {
            let german = format!("de.txt={german}");
            for unit in ["paragraph", "sentence"] {
                let vectors = [
                    "--vectors",
                    "en.txt=en.npy",
                    "--vectors",
                    &german,
                    "--unit",
                    unit,
                ];
                let assert = align(&folder, &vectors).success().stderr_eq("");
                assert_eq!(linked(&assert), right, "{german} {unit}");
            }
        }
    }

    #[test]
    fn what_is_wrong_with_a_file() {
        let folder = folder("wrong");
        let listed = "expected one vector for each of the 2 sentences of de.txt; `triglyph segment \
                      --unit sentence de.txt` lists them";
        for (vectors, expected) in [
            (
                "missing.npy",
                "missing.npy: no such file or directory".into(),
            ),
            ("three.npy", format!("three.npy: 3 vectors, {listed}")),
            ("uneven.f32", format!("uneven.f32: 28 bytes, {listed}")),
            (
                "empty.f32",
                "empty.f32: invalid vectors: 0 numbers, expected as many for each of 2 vectors"
                    .into(),
            ),
            (
                "text.npy",
                "text.npy: invalid vectors: no .npy file: it does not begin with \\x93NUMPY".into(),
            ),
            (
                "short.npy",
                "short.npy: invalid vectors: 28 bytes of numbers, expected 2 × 4 × 4".into(),
            ),
            (
                "nan.f32",
                "nan.f32: invalid vectors: number 1 of vector 1 is NaN, expected a finite one"
                    .into(),
            ),
            (
                "four.npy",
                "de.txt: vectors of dimension 4, expected 3 as those of en.txt".into(),
            ),
        ] {
            let german = format!("de.txt={vectors}");
            let args = ["--vectors", "en.txt=en.npy", "--vectors", &german];
            let expected = format!("triglyph: {expected}\n");
            let assert = align(&folder, &args).code(1).stdout_eq("");
            assert_eq!(stderr(&assert), expected);
        }
        // Lines as paragraphs are cut further; `segment` takes each for a sentence.
        let args = ["--input", "lines", "--vectors", "de.txt=three.npy"];
        let args = [&args[..], &["--vectors", "en.txt=en.npy"]].concat();
        let expected = "triglyph: three.npy: 3 vectors, expected one vector for each of the 2 \
                        sentences of de.txt\n";
        let assert = align(&folder, &args).code(1).stdout_eq("");
        assert_eq!(stderr(&assert), expected);
    }

    #[test]
    fn names_that_are_none_of_the_files() {
        let folder = folder("names");
        for given in ["./en.txt=en.npy", "en.npy", "en.txt"] {
            let assert = align(&folder, &["--vectors", given]).code(2).stdout_eq("");
            let expected = format!(
                "error: --vectors {given} names none of the files; write the name as it stands \
                 among them"
            );
            let stderr = stderr(&assert);
            assert!(stderr.starts_with(&expected), "{stderr}");
        }
    }
}
