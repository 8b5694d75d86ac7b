//! What the benches of the alignment share.

pub(crate) mod long;
pub(crate) mod made_up;
mod stages;
pub(crate) mod texts;

/// Has all work done by the thread that asks for it. To be called once, before any work.
pub(crate) fn one_thread() {
    #[cfg(feature = "parallel")]
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .use_current_thread()
        .build_global()
        .expect("no other pool yet");
}
