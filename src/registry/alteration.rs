//! What was done to an instrument by a day, act by act: its whole state says less than who cites one provision needs.

use jiff::civil::Date;

use super::graph::{Key, Registry};
use super::{Certainty, EventKind};
use crate::document::RelationKind;

/// One act on an instrument or on provisions of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alteration {
    /// Provisions concerned (paths); empty = the whole.
    pub provisions: Vec<String>,
    /// They ended; otherwise they were amended and stay.
    pub ended: bool,
    /// Since when.
    pub date: Date,
    /// Who did it, as it is named to people.
    pub by: Option<String>,
    /// How sure it is.
    pub certainty: Certainty,
}

impl Alteration {
    /// Whether the provision at `path` is one of those concerned, or stands in one.
    pub fn covers(&self, path: &str) -> bool {
        self.provisions.iter().any(|own| {
            path.strip_prefix(own.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
        })
    }
}

impl Registry {
    /// Acts on an instrument up to and including a day, in order of date.
    pub fn alterations(&self, key: Key, as_of: Date) -> Vec<Alteration> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let happened = |date: &Option<Date>| date.filter(|&date| date <= as_of);
        let events = self.instrument(key).map_or(&[][..], |instrument| &instrument.events).iter().filter_map(|event| {
            let ended = match event.what {
                EventKind::Suspended | EventKind::Superseded => return None,
                what => what != EventKind::Amended,
            };
            Some(Alteration {
                provisions: event.provisions.clone(),
                ended,
                date: happened(&event.date)?,
                by: event.by.as_deref().map(|by| self.name_for_people(by)),
                certainty: event.certainty,
            })
        });
        let acts = node.acts.iter().filter(|act| act.refused.is_none()).filter_map(|act| {
            // A provision that is replaced has new words under the same number.
            let ended = match act.kind {
                RelationKind::Repeals => true,
                RelationKind::Replaces => act.provisions.is_empty(),
                RelationKind::Amends | RelationKind::Supplements => false,
                _ => return None,
            };
            Some(Alteration {
                provisions: act.provisions.clone(),
                ended,
                date: happened(&act.date)?,
                by: Some(act.by.clone()),
                certainty: Certainty::Text,
            })
        });
        let mut found: Vec<Alteration> = events.chain(acts).collect();
        found.sort_by_key(|alteration| alteration.date);
        found
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_provision_covers_what_stands_in_it() {
        let of = |provisions: &[&str]| Alteration {
            provisions: provisions.iter().map(|&path| path.to_owned()).collect(),
            ended: true,
            date: date(2020, 1, 1),
            by: None,
            certainty: Certainty::Text,
        };
        let ended = of(&["A5.2", "A7"]);
        for (path, inside) in [
            ("A5.2", true),
            ("A5.2.a", true),
            ("A5.2-1", true),
            ("A5", false),
            ("A5.20", false),
            ("A7.1", true),
            ("A70", false),
        ] {
            assert_eq!(ended.covers(path), inside, "{path}");
        }
        assert!(!of(&[]).covers("A1"));
    }
}
