//! Dates as precise as a text: EDTF level 1 (ISO 8601-2:2019) over `chrono`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// placeholder
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Edtf(String);
