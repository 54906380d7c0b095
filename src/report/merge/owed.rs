//! Which documents the Law obliges somebody to have and nobody delivered; which units have not delivered.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::Unit;
use super::input::ListedIn;
use crate::document::{Identity, Level, issuer};
use crate::proposals::{Decisions, Office, Proposal, issue_new};
use crate::registry::successor;
use crate::report::Reviewed;
use crate::review::engine::document_name;
use crate::review::{Finding, missing};
use crate::rules::RuleSet;
use crate::text::fold::fold;

/// A document one body must have.
#[derive(Debug, Clone)]
pub struct Owed {
    /// Who must have it; empty = one for all.
    pub body: String,
    /// Its level; `None` = one for all.
    pub level: Option<Level>,
    /// The rule that asks.
    pub rule: String,
    /// What must be there.
    pub title: String,
    /// The provision that asks.
    pub basis: String,
    /// The documents that answer it; empty = missing.
    pub found: Vec<String>,
    /// The body that took over, when this one is gone: it need not have its own any more.
    pub successor: Option<String>,
    /// The body stands in the list of expected units.
    pub expected: bool,
    /// A commune a list of expected units was given without: perhaps of the time before they were merged.
    pub unlisted: bool,
    /// Why it is said.
    pub message: String,
}

/// A unit of the list of expected ones.
#[derive(Debug, Clone)]
pub struct Expected {
    /// Its name as listed.
    pub name: String,
    /// The units whose results are its own.
    pub delivered: Vec<usize>,
    /// Documents it issued, delivered by anybody.
    pub documents: usize,
    /// Units that delivered those.
    pub through: Vec<usize>,
}

/// What is owed, and proposals for what is missing.
#[derive(Debug, Default)]
pub struct Debts {
    /// One row for each body and rule.
    pub owed: Vec<Owed>,
    /// Expected units.
    pub expected: Vec<Expected>,
    /// Findings about what is missing, once for each rule.
    pub findings: Vec<Finding>,
    /// Proposals for them.
    pub proposals: Vec<Proposal>,
}

/// Who a name means: level and name as it is compared.
fn body(name: &str) -> (Level, String) {
    let name = name.trim().trim_matches(['.', ';', ',']);
    let known = issuer::normalise(name);
    let full = known.as_ref().map_or(name, |issuer| &issuer.name);
    let plain = fold(full).replace("ubnd ", "").replace("hđnd ", "");
    let place = issuer::unit_of(full).map(fold).unwrap_or(plain.clone());
    let is_commune =
        |place: &str| ["xã ", "phường ", "đặc khu ", "thị trấn "].iter().any(|unit| place.starts_with(unit));
    match known.as_ref().map(|issuer| issuer.level) {
        // "Trường THCS xã A" is a school, not the commune.
        Some(Level::CoQuan) => (Level::CoQuan, fold(full)),
        Some(Level::Xa) => (Level::Xa, place),
        Some(level) => (level, fold(full)),
        None if is_commune(&plain) => (Level::Xa, place),
        None => (Level::CoQuan, plain),
    }
}

/// The same body, one of them perhaps named with its province.
fn same(a: &(Level, String), b: &(Level, String)) -> bool {
    let longer = |a: &str, b: &str| {
        a.strip_prefix(b).is_some_and(|rest| {
            [" tỉnh ", " thành phố ", ", tỉnh ", " huyện ", ", "].iter().any(|tail| rest.starts_with(tail))
        })
    };
    a.0 == b.0 && (a.1 == b.1 || longer(&a.1, &b.1) || longer(&b.1, &a.1))
}

/// A name as folders are named: "so-noi-vu" is "Sở Nội vụ".
fn without_marks(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let letters = name.nfd().flat_map(char::to_lowercase).map(|letter| if letter == 'đ' { 'd' } else { letter });
    letters.filter(|letter| letter.is_ascii_alphanumeric()).collect()
}

/// What is known of the units and of what they brought.
pub struct Known<'k> {
    /// Every document once.
    pub documents: &'k [Reviewed],
    /// Who delivered each.
    pub copies: &'k [Vec<super::union::Copy>],
    /// Who delivered.
    pub units: &'k [Unit],
    /// Names of those that ought to deliver.
    pub expected: &'k [String],
    /// Documents that lists of the units name without a file, with the unit.
    pub listed: Vec<(usize, &'k ListedIn)>,
}

/// Asks the rules about missing documents over everything delivered: those of the province once, those of each commune and of each
/// agency for each that is known, from its documents or from the list of expected units. What a list of a unit names is not
/// missing, though nobody delivered a file of it.
pub fn debts(known: &Known, rules: &RuleSet, (table, office, as_of): (&Decisions, &Office, Date)) -> Debts {
    let Known { documents, copies, units, expected: listed, .. } = *known;
    let named: Vec<Named> = known.listed.iter().map(|(unit, one)| Named::of(one, &units[*unit].name)).collect();
    let identities: Vec<Identity> = documents.iter().map(|one| one.document.identity.clone()).collect();
    let mut debts = Debts::default();
    let everything: Vec<Identity> = identities.iter().chain(named.iter().map(|one| &one.identity)).cloned().collect();
    for finding in missing::among(rules, &everything, as_of) {
        if missing::of_each(&finding.rule, rules).is_none() {
            debts.owed.push(owed_by_all(&finding, rules));
            debts.ask(finding, rules, &[], table, office, as_of);
        }
    }
    let mut bodies: Vec<Body> = Vec::new();
    for (at, identity) in identities.iter().enumerate() {
        let Some(name) = identity.issuer.as_deref() else { continue };
        let is_body = matches!(identity.level, Some(Level::Xa | Level::CoQuan));
        let key = body(name);
        if is_body && Some(key.0) == identity.level {
            Body::of(&mut bodies, key, name).documents.push(at);
        }
    }
    let from_documents = bodies.len();
    for name in listed {
        let key = body(name);
        let is_its = |unit: &Unit| same(&body(&unit.name), &key) || without_marks(&unit.name) == without_marks(name);
        let delivered = (0..units.len()).filter(|&unit| is_its(&units[unit])).collect();
        let own = bodies[..from_documents].iter().find(|one| same(&one.key, &key));
        let own = own.map_or(&[][..], |one| &one.documents);
        let through: HashSet<usize> = own.iter().flat_map(|&at| &copies[at]).map(|copy| copy.unit).collect();
        let mut through: Vec<usize> = through.into_iter().collect();
        through.sort_unstable();
        debts.expected.push(Expected { name: name.clone(), delivered, documents: own.len(), through });
        if matches!(key.0, Level::Xa | Level::CoQuan) {
            Body::of(&mut bodies, key, name).expected = true;
        }
    }
    bodies.sort_by(|a, b| (a.key.0, &a.key.1).cmp(&(b.key.0, &b.key.1)));
    debts.of_bodies(&bodies, (documents, &named), rules, (table, office, as_of));
    debts
}

/// A document a list names and nobody delivered.
struct Named {
    key: Option<(Level, String)>,
    identity: Identity,
    shown: String,
}

impl Named {
    fn of(one: &ListedIn, unit: &str) -> Named {
        let key = one.issuer.as_deref().map(body);
        let identity = Identity {
            kind: one.kind.unwrap_or_default(),
            number: one.number.clone(),
            issuer: one.issuer.clone(),
            level: key.as_ref().map(|(level, _)| *level),
            issued: one.issued,
            title: one.title.clone(),
            ..Identity::default()
        };
        let title = one.title.as_deref().unwrap_or_default();
        let shown = format!("{} (có trong danh mục của {unit}, chưa có tệp)", document_name(&identity, title));
        Named { key, identity, shown }
    }
}

/// A commune or an agency.
struct Body {
    key: (Level, String),
    name: String,
    documents: Vec<usize>,
    expected: bool,
}

impl Body {
    fn of<'b>(bodies: &'b mut Vec<Body>, key: (Level, String), name: &str) -> &'b mut Body {
        let at = bodies.iter().position(|known| same(&known.key, &key)).unwrap_or_else(|| {
            let name = match key.0 {
                Level::Xa => capital(issuer::unit_of(name).unwrap_or(name)),
                _ => name.trim().to_owned(),
            };
            bodies.push(Body { key, name, documents: Vec::new(), expected: false });
            bodies.len() - 1
        });
        &mut bodies[at]
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn owed_by_all(finding: &Finding, rules: &RuleSet) -> Owed {
    Owed {
        body: String::new(),
        level: None,
        rule: finding.rule.clone(),
        title: missing::wanted(finding, rules, None).title.to_owned(),
        basis: finding.basis.first().map_or_else(String::new, |basis| basis.cite.clone()),
        found: Vec::new(),
        successor: None,
        expected: false,
        unlisted: false,
        message: finding.message.clone(),
    }
}

impl Debts {
    /// A finding with its proposal; `without` = the bodies that lack their own.
    fn ask(
        &mut self,
        mut finding: Finding,
        rules: &RuleSet,
        without: &[String],
        table: &Decisions,
        office: &Office,
        as_of: Date,
    ) {
        /// More are named on the sheet of what is missing.
        const NAMED: usize = 40;
        finding.doubts = vec!["chỉ xét trong kết quả các đơn vị đã gửi".to_owned()];
        if !without.is_empty() {
            let more =
                if without.len() > NAMED { ", … (nêu đủ ở trang “Văn bản còn thiếu”)" } else { "" };
            let names = without[..without.len().min(NAMED)].join(", ");
            finding
                .message
                .push_str(&format!("\nCòn thiếu ở {} cơ quan, đơn vị, địa phương: {names}{more}.", without.len()));
        }
        let wanted = missing::wanted(&finding, rules, office.province.as_deref());
        self.proposals.push(issue_new(&finding, &wanted, table, office, as_of));
        self.findings.push(finding);
    }

    fn of_bodies(
        &mut self,
        bodies: &[Body],
        (documents, named): (&[Reviewed], &[Named]),
        rules: &RuleSet,
        (table, office, as_of): (&Decisions, &Office, Date),
    ) {
        let nobody = |level| Identity { level: Some(level), ..Identity::default() };
        let mut lacking: BTreeMap<String, (Finding, Vec<String>)> = BTreeMap::new();
        for level in [Level::Xa, Level::CoQuan] {
            let asked: Vec<Finding> = missing::among(rules, &[nobody(level)], as_of)
                .into_iter()
                .filter(|finding| missing::of_each(&finding.rule, rules) == Some(level))
                .collect();
            for body in bodies.iter().filter(|body| body.key.0 == level) {
                let open = |identity: &Identity| -> HashSet<String> {
                    let alone = [identity.clone(), nobody(level)];
                    missing::among(rules, &alone, as_of).into_iter().map(|finding| finding.rule).collect()
                };
                let delivered = body.documents.iter().map(|&at| {
                    let document = &documents[at].document;
                    (document_name(&document.identity, &document.file), open(&document.identity))
                });
                let listed = named.iter().filter(|one| one.key.as_ref().is_some_and(|key| same(key, &body.key)));
                let listed = listed.map(|one| (one.shown.clone(), open(&one.identity)));
                let answers: Vec<(String, HashSet<String>)> = delivered.chain(listed).collect();
                let successor = body.documents.last().and_then(|&at| successor_of(&documents[at], as_of));
                for finding in &asked {
                    let found =
                        answers.iter().filter(|(_, open)| !open.contains(&finding.rule)).map(|(name, _)| name.clone());
                    let owed = Owed {
                        body: body.name.clone(),
                        level: Some(level),
                        found: found.collect(),
                        successor: successor.clone(),
                        expected: body.expected,
                        unlisted: level == Level::Xa && !body.expected && !self.expected.is_empty(),
                        ..owed_by_all(finding, rules)
                    };
                    if owed.is_missing() {
                        lacking
                            .entry(finding.rule.clone())
                            .or_insert_with(|| (finding.clone(), Vec::new()))
                            .1
                            .push(body.name.clone());
                    }
                    self.owed.push(owed);
                }
            }
        }
        for (finding, without) in lacking.into_values() {
            self.ask(finding, rules, &without, table, office, as_of);
        }
    }
}

impl Owed {
    /// Somebody still has to issue it.
    pub fn is_missing(&self) -> bool {
        self.found.is_empty() && self.successor.is_none() && !self.unlisted
    }
}

/// The body that had taken over from the issuer by the day.
fn successor_of(reviewed: &Reviewed, as_of: Date) -> Option<String> {
    let issuer = reviewed.document.identity.issuer.as_deref()?;
    let last = successor::of(issuer).into_iter().rfind(|one| one.from <= as_of)?;
    (last.name != issuer).then_some(last.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_units_mean_the_same_body_however_they_are_written() {
        let is = |a: &str, b: &str| same(&body(a), &body(b));
        assert!(is("Xã Đô Lương", "Ủy ban nhân dân xã Đô Lương"));
        assert!(is("UBND phường Vinh Phú", "Phường Vinh Phú"));
        assert!(is("Hội đồng nhân dân xã Đô Lương", "xã Đô Lương"));
        assert!(is("Sở Công Thương", "Sở Công Thương tỉnh Nghệ An"));
        assert_eq!(without_marks("xa_do-luong"), without_marks("Xã Đô Lương"));
        assert!(!is("Sở Công Thương", "Sở Nội vụ"));
        assert!(!is("Xã Đô Lương", "Xã Đô"));
        assert!(!is("Trường Trung học phổ thông Đô Lương", "Xã Đô Lương"));
    }
}
