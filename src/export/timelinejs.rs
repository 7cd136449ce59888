use super::{ExportError, Output};
use crate::network::Network;
pub fn write(_n: &Network) -> Result<Output, ExportError> {
    todo!()
}
