//! x
use sea_orm as _;
