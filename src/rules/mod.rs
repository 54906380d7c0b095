//! Rule packs: read, checked (all errors at once, with file, line, column and hint), compiled once, shared by all threads.

pub mod source;
