//! [`Digest`]: what a bead holds, in a few bytes: to find it again, and what is much like it.
//!
//! Texts are compared by their words: compatibility forms (NFKC), lower case, nothing but letters and digits.
//! A text without any is compared as it stands. The words of a bead are those of its versions, each with its
//! language, whatever order the versions have.
//!
//! The sketch is MinHash (Broder 1997): of the bead's shingles, runs of [`SHINGLE`] words of one version, the
//! least under each of [`HASHES`] hash functions, of which 16 bits are kept. The share of places at which two
//! sketches agree estimates the Jaccard similarity s of the two sets of shingles, with a standard error of
//! √(s(1−s)/32), 0.07 at 0.8.

use sha2::{Digest as _, Sha256};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::filter::Candidate;
use super::recipe::hex;
use crate::lang::Lang;

/// Words of a shingle: with three, a word that is changed in sixty leaves a similarity of 0.9.
const SHINGLE: usize = 3;
/// Hash functions of a sketch.
pub(super) const HASHES: usize = 32;
/// Places of a sketch that are looked up together. Of beads alike to 0.9, 8 bands of 4 miss none in a
/// thousand; of those alike to 0.8, 15 in a thousand.
const BAND: usize = 4;

/// The least places at which the sketches of near duplicates agree: a similarity of 0.8.
const ALIKE: usize = 26;

/// What a bead holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Digest {
    /// The same for beads of the same words.
    pub(super) group: [u8; 16],
    pub(super) sketch: Sketch,
}

/// The 16 bits kept of the least hash of each function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Sketch(pub(super) [u16; HASHES]);

impl Digest {
    /// The digest of a bead of an article.
    pub(super) fn of(candidate: &Candidate<'_>) -> Self {
        let langs: Vec<Lang> = candidate.langs().collect();
        let codes = langs.iter().map(Lang::code);
        let mut versions: Vec<(&str, &str)> = codes
            .zip(candidate.words().iter().map(String::as_str))
            .collect();
        versions.sort_unstable();
        let mut hash = Sha256::new();
        let mut least = [u32::MAX; HASHES];
        for &(code, words) in &versions {
            // The lengths tell where one ends.
            hash.update(format!("{code} {} ", words.len()));
            hash.update(words);
            sketch(code, words, &mut least);
        }
        let digest = hash.finalize();
        let mut group = [0; 16];
        group.copy_from_slice(&digest[..16]);
        let sketch = Sketch(least.map(|least| (least >> 16) as u16));
        Self { group, sketch }
    }

    /// The name of the group, in hexadecimal digits.
    pub(super) fn group(&self) -> String {
        hex(&self.group)
    }
}

impl Sketch {
    /// A number for each band; the same where two sketches agree in all places of the band.
    pub(super) fn bands(&self) -> impl Iterator<Item = u64> {
        let bands = self.0.chunks_exact(BAND).enumerate();
        bands.map(|(band, places)| {
            let places = places
                .iter()
                .fold(0, |all, &place| all << 16 | u64::from(place));
            mix(places ^ (band as u64) << 61)
        })
    }

    /// Whether two sketches are those of near duplicates.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let places = self.0.iter().zip(&other.0);
        places.filter(|(a, b)| a == b).count() >= ALIKE
    }

    /// In hexadecimal digits, four a place.
    pub(super) fn to_hex(self) -> String {
        hex(&self.0.map(u16::to_be_bytes).concat())
    }
}

/// The words of a text with a space between them.
pub(super) fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for piece in text.split_ascii_whitespace() {
        let start = words.len();
        if start > 0 {
            words.push(' ');
        }
        // Most pieces are words that are what they should be already.
        if piece.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            words.push_str(piece);
            words[start..].make_ascii_lowercase();
            continue;
        }
        let mut between = false;
        let mut push = |c: char| match c.is_alphanumeric() {
            true => {
                if std::mem::take(&mut between) && !words.ends_with(' ') && !words.is_empty() {
                    words.push(' ');
                }
                words.extend(c.to_lowercase());
            }
            false => between = true,
        };
        match is_nfkc_quick(piece.chars()) {
            IsNormalized::Yes => piece.chars().for_each(&mut push),
            _ => piece.nfkc().for_each(&mut push),
        }
        if words.ends_with(' ') {
            words.pop();
        }
    }
    if words.is_empty() {
        words.extend(text.split_whitespace());
    }
    words
}

/// Takes the shingles of a text into the least hashes.
fn sketch(code: &str, words: &str, least: &mut [u32; HASHES]) {
    let language = words_hash(code);
    let hashes: Vec<u64> = words.split(' ').map(words_hash).collect();
    let shingle = |words: &[u64]| {
        words
            .iter()
            .fold(language, |hash, &word| mix(hash.rotate_left(5) ^ word))
    };
    match hashes.len() < SHINGLE {
        true => take(shingle(&hashes), least),
        false => hashes
            .windows(SHINGLE)
            .for_each(|words| take(shingle(words), least)),
    }
}

/// Takes a shingle into the least hash of each function: multiply, add, keep the high bits.
fn take(shingle: u64, least: &mut [u32; HASHES]) {
    let mut factor = 0x9e37_79b9_7f4a_7c15_u64;
    for least in least {
        factor = factor.wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(2);
        let hash = shingle
            .wrapping_mul(factor | 1)
            .wrapping_add(factor.rotate_left(32));
        *least = (*least).min((hash >> 32) as u32);
    }
}

/// FNV-1a, mixed.
fn words_hash(word: &str) -> u64 {
    let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mix(hash)
}

/// The finalizer of SplitMix64 (Steele et al. 2014): every bit depends on every other.
const fn mix(mut x: u64) -> u64 {
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch_of(text: &str) -> Sketch {
        let mut least = [u32::MAX; HASHES];
        sketch("en", &words(text), &mut least);
        Sketch(least.map(|least| (least >> 16) as u16))
    }

    #[test]
    fn words_of_texts() {
        for (text, expected) in [
            ("The  CAT,\n sleeps!", "the cat sleeps"),
            ("«Schön.» Ja", "schön ja"),
            ("ﬁne Ｗord e\u{301}", "fine word é"),
            ("1,5 km", "1 5 km"),
            ("* * *", "***"),
            ("", ""),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn sketches_estimate_similarity() {
        let word = |number: u64| format!("w{}", mix(number) % 10_000);
        let text = |changed: u64| {
            let words = (0..90).map(|i| {
                if i % 30 < changed {
                    word(i + 1000)
                } else {
                    word(i)
                }
            });
            words.collect::<Vec<_>>().join(" ")
        };
        let whole = sketch_of(&text(0));
        assert!(whole.is_like(&whole));
        // Of 88 shingles, those of 3 words a place are other: 79 of 97, then 33 of 143.
        let agreed = |changed| {
            let other = sketch_of(&text(changed));
            whole.0.iter().zip(&other.0).filter(|(a, b)| a == b).count()
        };
        assert!((20..=31).contains(&agreed(1)), "{}", agreed(1));
        assert!(agreed(18) <= 16, "{}", agreed(18));
        assert!(!sketch_of("one two three").is_like(&sketch_of("four five six")));
    }
}
