//! Counts allocations and the greatest memory that was taken at one time.
//!
//! Written here because the crates that count either know no peak, or take the system's `realloc` for
//! an allocation and a copy, or cannot be switched off while something is timed.

#![allow(unsafe_code, reason = "the interface of an allocator is unsafe")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicIsize, AtomicUsize, Ordering::Relaxed};

#[global_allocator]
static ALLOCATOR: Counter = Counter;

static IS_ON: AtomicBool = AtomicBool::new(false);
static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);
/// Bytes taken since counting began, less those given back.
static LIVE: AtomicIsize = AtomicIsize::new(0);
static PEAK: AtomicIsize = AtomicIsize::new(0);

struct Counter;

impl Counter {
    fn count(allocations: usize, taken: usize, given_back: usize) {
        if IS_ON.load(Relaxed) {
            let change = taken as isize - given_back as isize;
            let live = LIVE.fetch_add(change, Relaxed) + change;
            PEAK.fetch_max(live, Relaxed);
            ALLOCATIONS.fetch_add(allocations, Relaxed);
        }
    }
}

// SAFETY: every call goes on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counter {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        Self::count(1, layout.size(), 0);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        Self::count(1, layout.size(), 0);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        Self::count(1, size, layout.size());
        unsafe { System.realloc(old, layout, size) }
    }

    unsafe fn dealloc(&self, old: *mut u8, layout: Layout) {
        Self::count(0, 0, layout.size());
        unsafe { System.dealloc(old, layout) }
    }
}

/// What some work took.
#[derive(Clone, Copy, Default)]
pub(crate) struct Count {
    /// Allocations, growing ones included.
    pub(crate) allocations: usize,
    /// Bytes at the worst moment.
    pub(crate) peak: usize,
    /// Bytes of the result.
    pub(crate) kept: usize,
}

impl Count {
    /// Counts what a piece of work allocates, on all threads.
    pub(crate) fn of<T>(work: impl FnOnce() -> T) -> Self {
        LIVE.store(0, Relaxed);
        PEAK.store(0, Relaxed);
        ALLOCATIONS.store(0, Relaxed);
        IS_ON.store(true, Relaxed);
        let result = work();
        IS_ON.store(false, Relaxed);
        drop(result);
        Self {
            allocations: ALLOCATIONS.load(Relaxed),
            peak: PEAK.load(Relaxed).try_into().unwrap_or(0),
            kept: LIVE.load(Relaxed).try_into().unwrap_or(0),
        }
    }

    /// What this and then something else takes, while the result of this is kept.
    pub(crate) fn then(self, next: Self) -> Self {
        Self {
            allocations: self.allocations + next.allocations,
            peak: self.peak.max(self.kept + next.peak),
            kept: self.kept + next.kept,
        }
    }

    /// Without so many bytes of the result.
    pub(crate) fn without(self, bytes: usize) -> Self {
        Self {
            peak: self.peak.saturating_sub(bytes),
            kept: self.kept.saturating_sub(bytes),
            ..self
        }
    }
}
