//! [`Interner`]: what can be hashed, by number.

use std::hash::{BuildHasher, Hash};

use hashbrown::{DefaultHashBuilder, HashTable};

/// Things by number, in order of appearance. They are told apart by 64 bits of a hash with a random key,
/// so that none is kept: of ten million, some two are taken for one once in 400,000 times.
#[derive(Default)]
pub(super) struct Interner {
    hashes: Vec<u64>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Interner {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// The number of a thing, if it is there.
    pub(super) fn get(&self, thing: impl Hash) -> Option<u32> {
        let hash = self.hasher.hash_one(thing);
        self.find(hash)
    }

    /// The number of a thing, which is added if it is not there.
    pub(super) fn number(&mut self, thing: impl Hash) -> u32 {
        let hash = self.hasher.hash_one(thing);
        if let Some(number) = self.find(hash) {
            return number;
        }
        let number = self.hashes.len() as u32;
        self.hashes.push(hash);
        let Self {
            hashes, numbers, ..
        } = self;
        numbers.insert_unique(hash, number, |&other| hashes[other as usize]);
        number
    }

    fn find(&self, hash: u64) -> Option<u32> {
        let is = |&number: &u32| self.hashes[number as usize] == hash;
        self.numbers.find(hash, is).copied()
    }
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
