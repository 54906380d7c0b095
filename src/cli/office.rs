//! `rasoat init`, and `rasoat.yaml` found or named.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::args::Init;
use super::{Exit, parsed, print, read_text};
use crate::proposals::Office;
use crate::proposals::office::TEMPLATE;
use crate::source::system;

/// The file of settings in the folder where the program runs.
const NAME: &str = "rasoat.yaml";

/// Writes the template; never over a file that is there.
pub fn init(_: &Init) -> anyhow::Result<Exit> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(NAME).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => anyhow!("đã có tệp {NAME} trong thư mục này; không ghi đè. Mở tệp đó để sửa."),
        _ => anyhow!("không tạo được tệp {NAME}: {}", system::cause(&error)),
    })?;
    file.write_all(TEMPLATE.as_bytes())
        .map_err(|error| anyhow!("không ghi được tệp {NAME}: {}", system::cause(&error)))?;
    print(&format!(
        "Đã tạo {NAME}. Mở tệp, bỏ dấu “#:” ở mục cần dùng; lệnh scan chạy trong thư mục này tự đọc tệp.\n"
    ))?;
    Ok(Exit::Done)
}

/// The settings: of the file named, else of the one in the current folder, else none.
pub fn load(named: Option<&Path>) -> anyhow::Result<Office> {
    let path = match named {
        Some(path) if !path.is_file() => bail!("không có tệp cấu hình “{}” (nêu ở --config)", path.display()),
        Some(path) => path.to_owned(),
        None if Path::new(NAME).is_file() => PathBuf::from(NAME),
        None => return Ok(Office::default()),
    };
    let yaml = read_text(&path, "tệp cấu hình")?;
    parsed(path.display().to_string(), &yaml, "tệp cấu hình", Office::parse)
}
