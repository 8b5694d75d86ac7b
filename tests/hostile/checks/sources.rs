//! Texts that a lexicon is trained from.

use triglyph::lexicon::{Lines, Trainer};
use triglyph::{Error, ErrorKind, Lang, Lexicon};

use super::Input;
use super::lexicon::look_up;

#[derive(Clone, Copy)]
enum Reader {
    Dictionary,
    Tsv,
    Vocabulary,
    Parallel,
}

/// Reads bytes by the reader and in the languages that the first two bytes tell, and trains a
/// lexicon from what was read.
pub fn check(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let reader = input.choice(&[
        Reader::Dictionary,
        Reader::Tsv,
        Reader::Vocabulary,
        Reader::Parallel,
    ]);
    let langs: [Lang; 3] = input.choice(&[
        [Lang::EN, Lang::FR, Lang::DE],
        [Lang::DE, Lang::EN, Lang::UND],
        [Lang::FR, Lang::FR, Lang::EN],
    ]);
    let bytes = input.rest();
    let mut trainer = Trainer::new();
    if let Err(error) = read(&mut trainer, reader, langs, bytes) {
        let text = str::from_utf8(bytes);
        match error.kind() {
            ErrorKind::Binary { .. } => assert!(bytes.contains(&0), "{error}"),
            ErrorKind::InvalidUtf8 { .. } => assert!(text.is_err(), "{error}"),
            ErrorKind::Invalid { .. } => {}
            _ => panic!("{error}"),
        }
    }
    let lexicon = trainer.train(|_| {});
    let again = Lexicon::from_bytes(lexicon.as_bytes().to_vec());
    assert!(again.is_ok(), "{again:?}");
    assert_eq!(trainer.train(|_| {}).as_bytes(), lexicon.as_bytes());
    look_up(&lexicon);
}

fn read(
    trainer: &mut Trainer,
    reader: Reader,
    langs: [Lang; 3],
    bytes: &[u8],
) -> Result<(), Error> {
    let lines = Lines::new("words", bytes);
    let [first, second, _] = langs;
    match reader {
        Reader::Dictionary => trainer.read_dictionary(lines, [first, second]),
        Reader::Tsv => trainer.read_tsv(lines, &langs, |x, y| x <= y),
        Reader::Vocabulary => trainer.read_vocabulary(lines, &langs, |_, _| true),
        Reader::Parallel => {
            let mut parts = Input::new(bytes).parts();
            let [one, other] = [(); 2].map(|()| parts.next().unwrap_or_default());
            let texts = [("one", one), ("other", other)];
            let [one, other] = texts.map(|(name, text)| Lines::new(name, text));
            trainer.read_parallel((first, one), (second, other))
        }
    }
}
