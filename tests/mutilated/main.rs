//! Mutilated and hostile files: more than three hundred, made anew and the same on every run. Whatever they do, the run
//! ends, in bounded memory, without a panic, and each of them is read or named as unread with what to do.

#![allow(clippy::expect_used)]

mod chance;
mod compound;
mod hostile_sheets;
mod hostile_text;
mod hostile_word;
mod package;
mod runs;
mod seeds;
mod wounds;

use runs::{Made, check};

/// Least number of files over all tests.
const LEAST: usize = 300;

fn wounded_packages() -> Vec<Made> {
    seeds::documents().iter().enumerate().flat_map(|(at, seed)| wounds::some(seed, at as u64, 5)).collect()
}

fn wounded_parts() -> Vec<Made> {
    seeds::documents()
        .iter()
        .step_by(4)
        .enumerate()
        .flat_map(|(at, seed)| wounds::of_parts(seed, at as u64, 7))
        .collect()
}

fn wounded_others() -> Vec<Made> {
    seeds::others().iter().enumerate().flat_map(|(at, seed)| wounds::some(seed, 1_000 + at as u64, 12)).collect()
}

#[test]
fn there_are_enough_of_them() {
    let count = [
        wounded_packages(),
        wounded_parts(),
        wounded_others(),
        hostile_word::all(),
        hostile_sheets::all(),
        hostile_text::all(),
        compound::all(),
    ]
    .iter()
    .map(Vec::len)
    .sum::<usize>();
    assert!(count >= LEAST, "only {count}");
}

#[test]
fn word_files_cut_flipped_zeroed_and_shuffled() {
    check(wounded_packages());
}

#[test]
fn word_files_with_damaged_parts_in_a_sound_package() {
    check(wounded_parts());
}

#[test]
fn lists_texts_and_files_of_other_formats_mutilated() {
    check(wounded_others());
}

#[test]
fn word_files_made_to_exhaust_or_to_reach_outside() {
    check(hostile_word::all());
}

#[test]
fn workbooks_made_to_exhaust() {
    check(hostile_sheets::all());
}

#[test]
fn texts_pages_and_prints_made_to_exhaust() {
    check(hostile_text::all());
}

#[test]
fn compound_files_that_lie_about_their_sectors() {
    check(compound::all());
}
