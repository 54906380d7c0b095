//! What an office sets for itself: `rasoat.yaml`, all of it optional.

use schemars::JsonSchema;
use serde::Deserialize;

use super::gazetteer::NameRow;
use crate::document::{Identity, Level, docnumber};
use crate::text::fold::fold;

/// The file as `rasoat init` writes it.
pub const TEMPLATE: &str = include_str!("office.yaml");

/// Settings of an office.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Office {
    /// Name of the office, for the head of lists.
    pub office: Option<String>,
    /// The body above it, printed over its name.
    pub superior: Option<String>,
    /// The province.
    pub province: Option<String>,
    /// Sets of forms besides those of NĐ 79/2025, which are always there.
    pub forms: Vec<FormSet>,
    /// By when, where the decision table sets no day of its own.
    pub deadline: Option<String>,
    /// Who drafts.
    pub drafters: Vec<DrafterRow>,
    /// Lĩnh vực of documents that no list gives one.
    pub fields: Vec<FieldRow>,
    /// Names of bodies and places as they are rightly written.
    pub names: Vec<NameRow>,
}

/// A set of official forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum FormSet {
    /// Five forms of Nghị định 79/2025/NĐ-CP.
    #[serde(rename = "nd79-2025")]
    Nd79,
    /// Lists of Nghị định 34/2016/NĐ-CP, for old dossiers.
    #[serde(rename = "nd34-2016")]
    Nd34,
}

/// Who drafts, for documents that meet every condition given.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DrafterRow {
    /// The lĩnh vực, in any case.
    #[serde(default)]
    pub field: Option<String>,
    /// Words in the name of the issuer.
    #[serde(default)]
    pub issuer: Option<String>,
    /// Level of the issuer.
    #[serde(default)]
    pub level: Option<Level>,
    /// Who drafts; "{issuer}" = the issuer itself.
    pub drafter: String,
}

/// Lĩnh vực of documents that meet every condition given.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FieldRow {
    /// Number of one document.
    #[serde(default)]
    pub document: Option<String>,
    /// Words in the name of the issuer.
    #[serde(default)]
    pub issuer: Option<String>,
    /// Words in the title.
    #[serde(default)]
    pub title: Option<String>,
    /// The lĩnh vực.
    pub field: String,
}

/// A document whose drafter is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Drafted<'a> {
    /// Its lĩnh vực.
    pub field: Option<&'a str>,
    /// Its issuer; empty when unknown.
    pub issuer: &'a str,
    /// Level of the issuer.
    pub level: Option<Level>,
}

impl Office {
    /// Reads the settings. An empty file sets nothing.
    pub fn parse(yaml: &str) -> Result<Office, serde_saphyr::Error> {
        let says_something = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        if !yaml.trim_start_matches('\u{feff}').lines().any(says_something) {
            return Ok(Office::default());
        }
        serde_saphyr::from_str(yaml)
    }

    /// Lĩnh vực of a document that no list gives one.
    pub fn field(&self, identity: &Identity) -> Option<&str> {
        let row = self.fields.iter().find(|row| {
            let number = identity.number.as_deref();
            let document = row.document.as_deref();
            (document.is_some() || row.issuer.is_some() || row.title.is_some())
                && document.is_none_or(|wanted| number.is_some_and(|own| docnumber::same(own, wanted)))
                && holds(row.issuer.as_deref(), identity.issuer.as_deref())
                && holds(row.title.as_deref(), identity.title.as_deref())
        });
        row.map(|row| row.field.as_str())
    }
}

/// Who drafts by the first row that speaks of the document.
pub fn drafter(rows: &[DrafterRow], of: &Drafted) -> Option<String> {
    let row = rows.iter().find(|row| {
        row.field.as_deref().is_none_or(|wanted| of.field.is_some_and(|field| is_field(field, wanted)))
            && holds(row.issuer.as_deref(), Some(of.issuer))
            && row.level.is_none_or(|level| of.level == Some(level))
    })?;
    Some(row.drafter.replace("{issuer}", of.issuer)).filter(|drafter| !drafter.is_empty())
}

/// The same lĩnh vực: "Lĩnh vực Nội vụ" is "nội vụ", "Xây dựng chính quyền" is not "Xây dựng".
fn is_field(field: &str, wanted: &str) -> bool {
    let plain = |text: &str| {
        let folded = fold(text);
        folded.trim().trim_start_matches("lĩnh vực").trim_matches([' ', ':', '.']).to_owned()
    };
    plain(field) == plain(wanted)
}

/// No condition, or its words stand in the text.
fn holds(wanted: Option<&str>, text: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| text.is_some_and(|text| fold(text).contains(&fold(wanted))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_valid_and_sets_nothing() {
        let office = Office::parse(TEMPLATE).expect("the template is well-formed");
        assert!(office.office.is_none() && office.drafters.is_empty() && office.forms.is_empty());
        // With every comment sign of an example removed it is valid too.
        let filled: String = TEMPLATE
            .lines()
            .map(|line| line.strip_prefix("#: ").unwrap_or(line))
            .map(|line| format!("{line}\n"))
            .collect();
        let office = Office::parse(&filled).expect("the examples are well-formed");
        assert!(office.office.is_some() && office.deadline.is_some() && office.province.is_some());
        assert!(
            !office.drafters.is_empty()
                && !office.fields.is_empty()
                && !office.names.is_empty()
                && !office.forms.is_empty()
        );
    }

    #[test]
    fn fields_and_drafters_go_by_the_first_row_that_fits() {
        let office = Office::parse(
            "drafters:\n  - { field: nội vụ, level: tinh, drafter: Sở Nội vụ }\n  - { issuer: trường, drafter: '{issuer}' }\n\
             fields:\n  - { document: 012/2019/QĐ-UBND, field: Đất đai }\n  - { title: dân chủ, field: Nội vụ }\n",
        )
        .expect("well-formed");
        let of = |field, issuer, level| drafter(&office.drafters, &Drafted { field, issuer, level });
        assert_eq!(of(Some("Lĩnh vực Nội vụ"), "UBND", Some(Level::Tinh)).as_deref(), Some("Sở Nội vụ"));
        assert_eq!(of(Some("Nội vụ"), "UBND", Some(Level::Xa)), None);
        assert_eq!(of(Some("Nội vụ và thanh niên"), "UBND", Some(Level::Tinh)), None);
        assert_eq!(of(None, "Trường THPT A", None).as_deref(), Some("Trường THPT A"));
        let named = |number: &str, title: &str| Identity {
            number: Some(number.to_owned()),
            title: Some(title.to_owned()),
            ..Identity::default()
        };
        assert_eq!(office.field(&named("12/2019/QĐ-UBND", "Bảng giá đất")), Some("Đất đai"));
        assert_eq!(office.field(&named("13/2019/QĐ-UBND", "Quy chế thực hiện Dân chủ ở xã")), Some("Nội vụ"));
        assert_eq!(office.field(&named("13/2019/QĐ-UBND", "Phí")), None);
    }
}
