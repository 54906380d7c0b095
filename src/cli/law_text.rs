//! `--law-text`: the text of a Law as the user has it, and which instrument it is.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::scan::today;
use crate::document::Document;
use crate::registry::Registry;
use crate::report::LawTexts;
use crate::rules::RuleSet;
use crate::run;
use crate::source::files::{self, Input};

/// Folder of a pack where the text of its Law may be put.
const FOLDER: &str = "law";

/// Reads the texts named with `--law-text`, then those in the `law/` folders of the packs under `rules`.
pub fn load(named: &[PathBuf], rules: &[PathBuf], set: &RuleSet) -> anyhow::Result<LawTexts> {
    let mut texts = LawTexts::default();
    for file in named {
        let (input, law) = read(file)?;
        let number = instrument(&law, &input.file, set).ok_or_else(|| {
            anyhow!("không rõ “{}” là văn bản nào mà bộ quy tắc dựa vào; ghi số, ký hiệu vào tên tệp, ví dụ 10-2022-QH15.docx", input.file)
        })?;
        texts.add(number, law);
    }
    for folder in rules.iter().flat_map(|folder| law_folders(folder)) {
        for input in files::collect(&[folder])?.0 {
            let (input, law) = read(&input.path)?;
            if let Some(number) = instrument(&law, &input.file, set) {
                texts.add(number, law);
            }
        }
    }
    Ok(texts)
}

/// The `law/` folders of a pack, or of a folder of packs.
fn law_folders(rules: &Path) -> Vec<PathBuf> {
    let below = std::fs::read_dir(rules).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> =
        std::iter::once(rules.to_owned()).chain(below).map(|pack| pack.join(FOLDER)).collect();
    folders.retain(|folder| folder.is_dir());
    folders.sort();
    folders
}

/// Reads one text of a Law.
pub fn read(file: &Path) -> anyhow::Result<(Input, Document)> {
    let (inputs, _) = files::collect(&[file.to_owned()])?;
    let input = inputs.into_iter().next().ok_or_else(|| anyhow!("không có tệp “{}”", file.display()))?;
    let names = Registry::new(Vec::new(), &[]);
    match run::read_documents(&input, &names, run::Assume::default(), today()) {
        Ok(documents) => match documents.into_iter().next() {
            Some(law) => Ok((input, law)),
            None => bail!("tệp “{}” không có văn bản nào", file.display()),
        },
        Err(unread) => bail!("{}: {} {}", input.file, unread.message, unread.next_step),
    }
}

/// The number of the instrument a text is of: its own, else the one its file name holds, when rules rest on it.
pub fn instrument(law: &Document, file: &str, set: &RuleSet) -> Option<String> {
    let bases = || set.provisions.iter().map(|provision| provision.instrument.as_str());
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase().replace('Đ', "D");
    let own = law.identity.number.as_deref().filter(|own| bases().any(|number| number == *own));
    own.or_else(|| bases().find(|number| letters(file).contains(&letters(number)))).map(str::to_owned)
}
