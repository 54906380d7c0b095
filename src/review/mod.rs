//! Rules meet documents: every clause gets a verdict, in parallel, the same at any number of threads.

mod abbreviations;
mod condition;
mod confidence;
pub mod coverage;
pub mod engine;
pub mod explain;
mod family;
mod finding;
pub mod in_force;
mod index;
pub mod missing;
mod mutation;
mod region;
pub mod selftest;
pub mod topics;

pub use crate::verdict::{Confidence, FindingKind, Handling, Severity};
pub use engine::{Review, quote, review};
pub use finding::{Basis, Evidence, Finding, Place};
pub use topics::Relevance;
