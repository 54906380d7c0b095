//! Who an issuer has become: reorganised bodies and merged territories, from `rules/issuers.yaml`.

use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Certainty;
use crate::text::fold::fold;

/// The table of the program; a test holds that it can be read.
static TABLE: LazyLock<Table> =
    LazyLock::new(|| serde_saphyr::from_str(include_str!("../../rules/issuers.yaml")).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    bodies: Vec<Body>,
    territories: Vec<Territory>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    body: String,
    becomes: Vec<String>,
    from: Date,
    by: String,
    certainty: Certainty,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Territory {
    territory: String,
    becomes: String,
    from: Date,
    by: String,
    certainty: Certainty,
}

/// A body that took over from an issuer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Successor {
    /// Full name, in the form issuers have.
    pub name: String,
    /// Since when.
    pub from: Date,
    /// Number of the instrument that says so.
    pub by: &'static str,
    /// How sure it is.
    pub certainty: Certainty,
}

/// Successors of an issuer (normalised name), the latest reorganisation last; none when nothing is known to have changed.
pub fn of(issuer: &str) -> Vec<Successor> {
    let mut found: Vec<Successor> = Vec::new();
    let mut names = vec![issuer.to_owned()];
    for body in &TABLE.bodies {
        if let Some(rest) = after(issuer, &body.body) {
            names = body.becomes.iter().map(|name| format!("{name}{rest}")).collect();
            found.extend(names.iter().map(|name| Successor {
                name: name.clone(),
                from: body.from,
                by: &body.by,
                certainty: body.certainty,
            }));
        }
    }
    for territory in &TABLE.territories {
        let moved: Vec<String> = names
            .iter()
            .filter_map(|name| Some(format!("{}{}", before(name, &territory.territory)?, territory.becomes)))
            .collect();
        if !moved.is_empty() {
            found.extend(moved.into_iter().map(|name| Successor {
                name,
                from: territory.from,
                by: &territory.by,
                certainty: territory.certainty,
            }));
        }
    }
    found
}

/// What follows the name of a body in the name of an issuer: nothing, or its place.
fn after<'i>(issuer: &'i str, body: &str) -> Option<&'i str> {
    let (head, rest) = (issuer.get(..body.len())?, issuer.get(body.len()..)?);
    (fold(head) == fold(body) && (rest.is_empty() || rest.starts_with(' '))).then_some(rest)
}

/// What stands before the name of a territory that ends the name of an issuer.
fn before<'i>(issuer: &'i str, territory: &str) -> Option<&'i str> {
    let at = issuer.len().checked_sub(territory.len())?;
    let (head, tail) = (issuer.get(..at)?, issuer.get(at..)?);
    (fold(tail) == fold(territory) && head.ends_with(' ')).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuers_become_others() {
        assert!(!TABLE.bodies.is_empty() && !TABLE.territories.is_empty(), "rules/issuers.yaml is not read");
        let names = |issuer: &str| of(issuer).into_iter().map(|one| one.name).collect::<Vec<_>>();
        assert_eq!(names("Bộ Giao thông vận tải"), ["Bộ Xây dựng"]);
        assert_eq!(names("Sở Giao thông vận tải tỉnh Nghệ An"), ["Sở Xây dựng tỉnh Nghệ An"]);
        assert_eq!(names("Hội đồng nhân dân tỉnh Kiên Giang"), ["Hội đồng nhân dân tỉnh An Giang"]);
        assert_eq!(
            names("Sở Kế hoạch và Đầu tư tỉnh Bình Dương"),
            ["Sở Tài chính tỉnh Bình Dương", "Sở Tài chính Thành phố Hồ Chí Minh"]
        );
        for same in
            ["Sở Nội vụ tỉnh Nghệ An", "Ủy ban nhân dân tỉnh Nghệ An", "Bộ Xây dựng", "Ủy ban nhân dân xã Long An"]
        {
            assert_eq!(names(same), [""; 0], "{same}");
        }
    }
}
