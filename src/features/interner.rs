//! [`Interner`]: what can be hashed, by number.

use std::hash::{BuildHasher, Hash};

use hashbrown::DefaultHashBuilder;
use hashbrown::hash_table::{Entry, HashTable};

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

    /// The number of a thing, and whether it was added for it was not there.
    pub(super) fn number(&mut self, thing: impl Hash) -> (u32, bool) {
        let Self {
            hashes,
            numbers,
            hasher,
        } = self;
        let hash = hasher.hash_one(thing);
        let is = |&number: &u32| hashes[number as usize] == hash;
        match numbers.entry(hash, is, |&other| hashes[other as usize]) {
            Entry::Occupied(known) => (*known.get(), false),
            Entry::Vacant(free) => {
                let number = hashes.len() as u32;
                free.insert(number);
                hashes.push(hash);
                (number, true)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_order_of_appearance() {
        let mut interner = Interner::default();
        let texts: Vec<String> = (0..1000).map(|n: u32| (n / 2 * 7).to_string()).collect();
        for (n, text) in (0..).zip(&texts) {
            assert_eq!(interner.number(text), (n / 2, n % 2 == 0));
        }
        assert_eq!(interner.len(), 500);
        assert_eq!(interner.number("14"), (2, false));
        assert_eq!(interner.number(""), (500, true));
        assert_eq!(interner.number(""), (500, false));
    }
}
