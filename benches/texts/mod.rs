//! Texts to measure on: the articles of `tests/data`, and made-up articles of any length.

/// The three versions of the advice column, about 800 words each.
pub(crate) const COLUMN: [&str; 3] = [
    include_str!("../../tests/data/advice/en.txt"),
    include_str!("../../tests/data/advice/fr.txt"),
    include_str!("../../tests/data/advice/de.txt"),
];

/// A sequence of numbers that looks random and is always the same (Steele et al. 2014, SplitMix).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ x >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ x >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ x >> 31
    }

    /// 0 to `bound`, exclusive.
    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

/// Three versions of an article of so many paragraphs, one per line, in made-up languages whose
/// words follow Zipf's law; a word in five is a cognate, one in forty a number. In the versions
/// other than the first, one sentence in `drop_every` is missing.
pub(crate) fn made_up(paragraphs: usize, drop_every: [u64; 3]) -> [String; 3] {
    let mut numbers = Numbers(7);
    let mut versions = [const { String::new() }; 3];
    for _ in 0..paragraphs {
        for _ in 0..=numbers.below(4) {
            let words: Vec<u64> = (0..6 + numbers.below(16)).map(|_| numbers.next()).collect();
            for (language, version) in versions.iter_mut().enumerate() {
                if numbers.below(drop_every[language]) == 0 {
                    continue;
                }
                for (i, &word) in words.iter().enumerate() {
                    let space = if i == 0 { "" } else { " " };
                    version.push_str(space);
                    version.push_str(&spelt(word, language, i == 0));
                }
                version.push_str(". ");
            }
        }
        versions.iter_mut().for_each(|v| v.push('\n'));
    }
    versions
}

/// A word of a language: the number chooses its rank among 30,000.
fn spelt(number: u64, language: usize, capital: bool) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ter", "lo", "min", "ca", "ren", "so", "dul", "fi", "gan", "pe", "vor", "ni", "tas",
        "ku", "ril",
    ];
    if number.is_multiple_of(40) {
        return (number / 40 % 3000).to_string();
    }
    let share = (number >> 16) as f64 / (1u64 << 48) as f64;
    let rank = 30_000f64.powf(share) as u64;
    let cognate = rank.is_multiple_of(5);
    let mut seed = Numbers(rank * 3 + if cognate { 0 } else { language as u64 });
    let count = 1 + (rank as f64).log10() as usize;
    let mut word: String = (0..count)
        .map(|_| SYLLABLES[seed.below(16) as usize])
        .collect();
    if cognate {
        word.push_str(["", "e", "en"][language]);
    }
    if capital {
        word[..1].make_ascii_uppercase();
    }
    word
}
