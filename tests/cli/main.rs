//! The program as a user meets it: what it reads, refuses, says, writes, and how it ends.

#![allow(clippy::expect_used)]

mod contract;
mod decisions;
mod draft;
mod exchange;
mod fixture;
mod inputs;
mod instruments;
mod merge;
mod ndjson;
mod office;
mod outputs;
mod robust;
mod rule_forms;
mod rules_check;
mod sample;
mod unread;
mod usage;
