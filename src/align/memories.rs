//! [`Memories`]: what an aligner remembers of the words it has met.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::features::Memory;
use crate::lexicon::Lexicon;

/// Memories that no thread uses, at most as many as articles were ever aligned at the same time. A
/// clone of an aligner begins without any.
pub(super) struct Memories {
    idle: Mutex<Vec<Memory>>,
}

impl Memories {
    pub(super) const fn new() -> Self {
        Self {
            idle: Mutex::new(Vec::new()),
        }
    }

    /// A memory for the next article, that tells stems apart which no lexicon knows if it `learns`.
    pub(super) fn take(&self, learns: bool, lexicons: impl FnOnce() -> Vec<Lexicon>) -> Memory {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let fit = idle.iter().position(|memory| memory.learns() == learns);
        match fit {
            Some(at) => idle.swap_remove(at),
            None => Memory::new(lexicons(), learns),
        }
    }

    /// Keeps a memory for other articles, unless it has grown too large.
    pub(super) fn put_back(&self, memory: Memory) {
        if memory.is_worth_keeping() {
            let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
            idle.push(memory);
        }
    }
}

impl Clone for Memories {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl fmt::Debug for Memories {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memories")
    }
}
