//! [`Interner`]: what is kept of things that can be hashed.

use std::hash::{BuildHasher, Hash};

use hashbrown::DefaultHashBuilder;
use hashbrown::hash_table::{Entry, HashTable};

/// Things, and a value of each. They are told apart by 64 bits of a hash with a random key, so that none
/// is kept: of ten million, some two are taken for one once in 400,000 times.
pub(super) struct Interner<T = u32> {
    known: HashTable<(u64, T)>,
    hasher: DefaultHashBuilder,
}

/// Things that there is room for at first, what a table of 2¹¹ places holds: the words of an article in one
/// language. A table that grows takes a hundredth of the time of the first article.
const ROOM: usize = 7 << 8;

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self {
            known: HashTable::with_capacity(ROOM),
            hasher: DefaultHashBuilder::default(),
        }
    }
}

impl<T: Copy> Interner<T> {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// What a thing is told by.
    pub(super) fn hash(&self, thing: impl Hash) -> u64 {
        self.hasher.hash_one(thing)
    }

    /// The value of the thing of that hash.
    pub(super) fn get(&self, hash: u64) -> Option<T> {
        let found = self.known.find(hash, |&(other, _)| other == hash);
        found.map(|&(_, value)| value)
    }

    /// Forgets all, and keeps the room for as many.
    pub(super) fn clear(&mut self) {
        self.known.clear();
    }

    /// Adds a thing that is not there yet.
    pub(super) fn add(&mut self, hash: u64, value: T) {
        self.known
            .insert_unique(hash, (hash, value), |&(other, _)| other);
    }
}

impl Interner {
    /// The number of a thing, in order of appearance, and whether it was added for it was not there.
    pub(super) fn number(&mut self, thing: impl Hash) -> (u32, bool) {
        let hash = self.hash(thing);
        let next = self.len() as u32;
        let is_same = |&(other, _): &(u64, u32)| other == hash;
        match self.known.entry(hash, is_same, |&(other, _)| other) {
            Entry::Occupied(entry) => (entry.get().1, false),
            Entry::Vacant(entry) => {
                entry.insert((hash, next));
                (next, true)
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
        let count = 2 * ROOM as u32;
        let texts: Vec<String> = (0..2 * count).map(|n| (n / 2 * 7).to_string()).collect();
        for (n, text) in (0..).zip(&texts) {
            assert_eq!(interner.number(text), (n / 2, n % 2 == 0));
        }
        assert_eq!(interner.len(), count as usize);
        assert_eq!(interner.number("14"), (2, false));
        assert_eq!(interner.number(""), (count, true));
        assert_eq!(interner.number(""), (count, false));
    }

    #[test]
    fn values_of_things() {
        let mut interner = Interner::default();
        let count = 2 * ROOM as u32;
        for n in 0..count {
            let hash = interner.hash(n);
            assert_eq!(interner.get(hash), None, "{n}");
            interner.add(hash, [n, n + 1]);
        }
        for n in 0..count {
            assert_eq!(interner.get(interner.hash(n)), Some([n, n + 1]), "{n}");
        }
        assert_eq!(interner.len(), count as usize);
    }
}
