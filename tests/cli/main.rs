//! The program as a user meets it: what it reads, refuses, says, writes, and how it ends.

#![allow(clippy::expect_used)]

mod contract;
mod exchange;
mod fixture;
mod inputs;
mod rules_check;
mod unread;
mod usage;
