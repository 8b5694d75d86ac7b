#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| triglyph_fuzz::checks::patch::check(bytes));
