//! Hidden sheet with the choices of the drop-downs: their names hold commas, which a list inside a cell rule cannot.

use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use crate::report::words;

const NAME: &str = "Lựa chọn";

/// Writes the choices.
pub fn write(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?.set_hidden(true);
    for (row, handling) in (0..).zip(words::HANDLINGS) {
        sheet.write_string(row, 0, words::handling(handling))?;
    }
    Ok(())
}

/// The range of the handlings, for a drop-down.
pub fn handlings() -> Formula {
    Formula::new(format!("='{NAME}'!$A$1:$A${}", words::HANDLINGS.len()))
}
