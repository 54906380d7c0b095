//! Rules meet documents: every clause gets a verdict, in parallel, the same at any number of threads.

mod finding;

pub use finding::{Basis, Confidence, Evidence, Finding, FindingKind, Handling, Place, Severity};
