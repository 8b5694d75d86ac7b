//! Bytes taken for the vectors of sentences.

use triglyph::{Aligner, Article, Error, Lang, Segmenter, Source, Unit, Vectors, Version, Words};

use super::Input;
use super::laws::check_beads;

/// Vectors above which nothing is aligned.
const MAX_ALIGNED: usize = 16;

/// Reads the bytes as the first one tells: as a `.npy` file, or as so many vectors. What is read
/// is aligned with itself, no vectors with one.
pub fn check(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let counts = [None, Some(0), Some(1), Some(2), Some(3), Some(7), Some(16)];
    let count = input.choice(&counts);
    let words = input.choice(&[Words::Ignored, Words::Translated]);
    let bytes = input.rest();
    let read = match count {
        None => Vectors::from_npy(bytes),
        Some(count) => Vectors::from_raw(bytes, count),
    };
    let vectors = match read {
        Ok(vectors) => vectors,
        Err(error) => {
            assert!(
                error.to_string().starts_with("invalid vectors: "),
                "{error}"
            );
            return;
        }
    };
    assert!(count.is_none_or(|count| count == vectors.len()));
    assert_eq!(vectors.get(vectors.len()), None);
    for number in 0..vectors.len() {
        let vector = vectors.get(number).unwrap();
        assert_eq!(vector.len(), vectors.dimension());
        let norm: f32 = vector.iter().map(|x| x * x).sum();
        assert!(norm == 0.0 || (norm - 1.0).abs() < 1e-3, "{norm}");
    }
    if vectors.len() <= MAX_ALIGNED {
        align(&vectors, words).unwrap();
    }
}

fn align(vectors: &Vectors, words: Words) -> Result<(), Error> {
    let version = |word: &str, lang: Lang, vectors: &Vectors| {
        let text = [word].repeat(vectors.len()).join("\n");
        let source = Source::new(text).lines(Unit::Sentence).lang(lang);
        Segmenter::new()
            .version(source)?
            .with_vectors(vectors.clone())
    };
    // Without a sentence in either version, there is no article.
    let one = Vectors::new(vec![0.6, 0.8], 2)?;
    let others = if vectors.is_empty() { &one } else { vectors };
    let versions: [Version; 2] = [
        version("rain", Lang::EN, vectors)?,
        version("Regen", Lang::DE, others)?,
    ];
    let article = Article::new(versions.into())?;
    let alignment = Aligner::new().words(words).align(&article);
    check_beads(&article, &alignment, Unit::Paragraph);
    Ok(())
}
