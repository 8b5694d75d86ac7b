//! [`Interner`]: texts by number.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

/// Texts, each once, numbered in order of appearance. They stand behind one another, so that one takes
/// little more than its bytes.
#[derive(Default)]
pub(super) struct Interner {
    text: String,
    /// Where each text ends.
    ends: Vec<u32>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Interner {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The number of a text, if it is there.
    pub(super) fn get(&self, text: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(text);
        let found = self.numbers.find(hash, |&number| self.text(number) == text);
        found.copied()
    }

    /// The number of a text, which is added if it is not there.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.get(text) {
            return number;
        }
        let number = self.ends.len() as u32;
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        let hash = self.hasher.hash_one(text);
        let Self {
            text,
            ends,
            numbers,
            hasher,
        } = self;
        numbers.insert_unique(hash, number, |&other| {
            hasher.hash_one(part(text, ends, other))
        });
        number
    }

    fn text(&self, number: u32) -> &str {
        part(&self.text, &self.ends, number)
    }
}

fn part<'a>(text: &'a str, ends: &[u32], number: u32) -> &'a str {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &text[start as usize..ends[number] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_order_of_appearance() {
        let mut interner = Interner::default();
        let texts: Vec<String> = (0..1000).map(|n: u32| (n / 2 * 7).to_string()).collect();
        let numbers: Vec<u32> = texts.iter().map(|text| interner.number(text)).collect();
        assert_eq!(numbers, (0..1000).map(|n| n / 2).collect::<Vec<u32>>());
        assert_eq!(interner.len(), 500);
        assert_eq!(interner.get("14"), Some(2));
        assert_eq!(interner.get("1"), None);
        assert_eq!(interner.number(""), 500);
        assert_eq!(interner.number(""), 500);
    }
}
