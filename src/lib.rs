//! `rasoat` reads provincial legal documents, checks every clause against rule packs that describe a Law, and proposes
//! what to amend, supplement, replace, repeal, issue anew, or keep.
//!
//! One direction of dependency:
//! `text ← source ← document ← registry ← rules ← review ← proposals ← report ← (run, schema) ← (eval, exchange) ← cli`; `verdict` is a leaf.
//! `tests/architecture.rs` holds it.

pub mod cli;
pub mod document;
pub mod eval;
pub mod exchange;
pub mod proposals;
pub mod registry;
pub mod report;
pub mod review;
pub mod rules;
pub mod run;
pub mod schema;
pub mod source;
pub mod text;
pub mod verdict;
