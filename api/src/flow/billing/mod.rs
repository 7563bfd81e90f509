//! Stories that the worker tells: looking at panels, and keeping promises.

pub mod deliver_effect;
pub mod due_effects;
pub mod due_tenants;
pub mod forget;
pub mod hold_effects;
pub mod observe;
