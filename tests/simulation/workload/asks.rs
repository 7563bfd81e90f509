//! What people, the gateway and the workers ask of the application, and what the world does of itself; how often, as a
//! table.

use crate::seed::Chance;
use crate::world::gateway::Fields;
use hourglass::flow::auth::Caller;
use hourglass::flow::jobs::due_jobs::Claim;
use hourglass::flow::payments::receive_notice::Via;
use hourglass::store::OutboxRow;
use shared::api::alerts::Resolve;
use shared::api::plans::ChangePlan;
use shared::api::refunds::NewRefund;
use shared::api::servers::Adopt;
use shared::api::usage::NewCorrection;
use shared::ids::{AccountId, AlertId, PaymentId, ReceiptId, RefundId, TenantId};

/// What a person does by hand to a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hand {
    /// The customer stops it.
    Stop,
    /// The customer starts it.
    Start,
    /// Another try.
    Retry,
    /// The operator closes it.
    Suspend,
    /// The operator lifts that.
    Resume,
    /// The customer tries the plan.
    Try,
    /// The customer wants no further cycle.
    Cancel,
    /// The customer wants to go on after all.
    Keep,
}

/// One request to the application: the beginning of one story.
#[derive(Debug, Clone)]
pub(crate) enum Ask {
    /// A customer starts to pay.
    Checkout {
        /// Who asks.
        caller: Caller,
        /// For which tenant.
        tenant: TenantId,
        /// Under which key.
        key: String,
    },
    /// A customer changes to another plan: at once, by paying for it, or with the next cycle.
    ChangePlan {
        /// Who asks.
        caller: Caller,
        /// For which tenant.
        tenant: TenantId,
        /// To which plan, and when.
        change: ChangePlan,
        /// Under which key.
        key: String,
    },
    /// The operator takes usage back.
    Correct {
        /// Who asks.
        caller: Caller,
        /// Of which tenant.
        tenant: TenantId,
        /// What.
        new: NewCorrection,
        /// Under which key.
        key: String,
    },
    /// The operator takes part of an invoice back: of the n-th newest.
    CreditNote {
        /// Who asks.
        caller: Caller,
        /// Which.
        nth: usize,
        /// How much.
        gross_minor: i64,
        /// Under which key.
        key: String,
    },
    /// The operator moves an account's own clock.
    MoveClock {
        /// Who asks.
        caller: Caller,
        /// Whose.
        account: AccountId,
        /// How far.
        seconds: u32,
        /// Under which key.
        key: String,
    },
    /// The operator accepts a charge that waits for a person.
    Accept {
        /// Who asks.
        caller: Caller,
        /// Which.
        receipt: ReceiptId,
    },
    /// The operator sends a charge back.
    Refund {
        /// Who asks.
        caller: Caller,
        /// Which.
        receipt: ReceiptId,
        /// How much, and why.
        new: NewRefund,
        /// Under which key.
        key: String,
    },
    /// The operator deals with an alert.
    Resolve {
        /// Who asks.
        caller: Caller,
        /// Which.
        alert: AlertId,
        /// How.
        how: Resolve,
    },
    /// The operator wants our books beside the gateway's.
    CompareNow {
        /// Who asks.
        caller: Caller,
    },
    /// A notice arrives.
    Notice {
        /// As posted.
        fields: Fields,
        /// How.
        via: Via,
    },
    /// A person's hand on a panel.
    Operate {
        /// Who asks.
        caller: Caller,
        /// Which tenant.
        tenant: TenantId,
        /// What for.
        hand: Hand,
    },
    /// A customer wants a copy of a panel.
    BackUp {
        /// Who asks.
        caller: Caller,
        /// Which tenant.
        tenant: TenantId,
        /// The request's name.
        key: String,
    },
    /// A customer wants a panel put back to a copy: the n-th newest.
    Restore {
        /// Who asks.
        caller: Caller,
        /// Which tenant.
        tenant: TenantId,
        /// What they type to confirm.
        subdomain: String,
        /// Which copy.
        nth: usize,
        /// The request's name.
        key: String,
    },
    /// A customer wants no panel any more.
    Remove {
        /// Who asks.
        caller: Caller,
        /// Which tenant.
        tenant: TenantId,
        /// What they type to confirm.
        subdomain: String,
    },
    /// The operator makes a panel of a database that is there.
    Adopt {
        /// Who asks.
        caller: Caller,
        /// Which.
        new: Adopt,
    },
    /// The operator orders a panel for a customer, at an address that may be free again.
    Order {
        /// Who pays.
        owner_email: String,
        /// The first label of its address.
        subdomain: String,
    },
    /// Somebody looks at a panel.
    Status {
        /// Who asks.
        caller: Caller,
        /// Which tenant.
        tenant: TenantId,
    },
    /// The worker takes due tenants.
    ClaimTenants,
    /// The worker looks at one.
    Observe(TenantId),
    /// The worker takes due payments.
    ClaimPayments,
    /// The worker asks about one.
    Confirm(PaymentId),
    /// The worker takes due refunds.
    ClaimRefunds,
    /// The worker asks about one.
    Pursue(RefundId),
    /// The worker takes due jobs.
    ClaimJobs,
    /// The worker goes on with one.
    GoOnWith(Claim),
    /// The worker withdraws orders that nobody has paid.
    ExpireOrders,
    /// The worker begins a comparison if it is time.
    Compare,
    /// The worker goes on with it.
    GoOn,
    /// The worker takes due promises.
    ClaimPromises,
    /// The worker keeps one.
    Deliver(Box<OutboxRow>),
    /// The worker begins the night's copies, says which jobs are stuck, and deletes copies that are not kept any longer.
    Copies,
    /// The worker forgets what is old.
    Forget,
}

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// A customer starts to pay.
    Checkout,
    /// … once more, under the same key.
    CheckoutAgain,
    /// A customer changes to another plan.
    ChangePlan,
    /// The operator takes usage back.
    Correct,
    /// The operator takes part of an invoice back.
    CreditNote,
    /// The operator moves an account's own clock.
    MoveClock,
    /// The operator accepts a charge.
    Accept,
    /// The operator sends one back.
    Refund,
    /// The operator deals with an alert.
    Resolve,
    /// The operator wants our books beside the gateway's.
    CompareNow,
    /// A customer acts on the gateway's page.
    Pay,
    /// The gateway posts a notice, oldest or newest first.
    Notice,
    /// A notice that was posted before is posted once more, or comes back through the browser.
    NoticeAgain,
    /// The gateway gives up on a notice.
    LoseNotice,
    /// Somebody makes a notice up.
    Forge,
    /// A hand on a panel.
    Operate,
    /// A customer wants a copy.
    BackUp,
    /// A customer wants a panel put back to one.
    Restore,
    /// A customer wants no panel any more.
    Remove,
    /// The operator makes a panel of a database.
    Adopt,
    /// The operator orders a panel.
    Order,
    /// A worker sees to the night's copies.
    Copies,
    /// A stranger tries.
    Stranger,
    /// Somebody looks.
    Status,
    /// A worker claims tenants.
    ClaimTenants,
    /// A worker looks at the next.
    Observe,
    /// A worker claims payments.
    ClaimPayments,
    /// A worker asks about the next.
    Confirm,
    /// A worker claims refunds.
    ClaimRefunds,
    /// A worker asks about the next.
    Pursue,
    /// A worker claims jobs.
    ClaimJobs,
    /// A worker goes on with the next.
    GoOnWith,
    /// A worker withdraws orders.
    ExpireOrders,
    /// A worker begins a comparison.
    Compare,
    /// A worker goes on with it.
    GoOn,
    /// A worker claims promises.
    ClaimPromises,
    /// A worker keeps the next.
    Deliver,
    /// A worker forgets.
    Forget,
    /// The gateway says what it keeps of an old charge.
    Fee,
    /// A panel goes down or comes up.
    Host,
    /// The outside gets worse or better.
    Weather,
    /// The billing clock goes on.
    Billing,
    /// The wall clock goes on.
    Wall,
    /// A process is ended and started again.
    Restart,
}

/// How often each happens.
const TURNS: &[(u32, Turn)] = &[
    (12, Turn::Checkout),
    (6, Turn::CheckoutAgain),
    (5, Turn::ChangePlan),
    (9, Turn::Correct),
    (4, Turn::CreditNote),
    (1, Turn::MoveClock),
    (5, Turn::Accept),
    (7, Turn::Refund),
    (10, Turn::Resolve),
    (2, Turn::CompareNow),
    (22, Turn::Pay),
    (15, Turn::Notice),
    (4, Turn::NoticeAgain),
    (1, Turn::LoseNotice),
    (1, Turn::Forge),
    (10, Turn::Operate),
    (4, Turn::BackUp),
    (5, Turn::Restore),
    (1, Turn::Remove),
    (1, Turn::Adopt),
    (2, Turn::Order),
    (1, Turn::Copies),
    (1, Turn::Stranger),
    (1, Turn::Status),
    (7, Turn::ClaimTenants),
    (30, Turn::Observe),
    (2, Turn::ClaimPayments),
    (6, Turn::Confirm),
    (3, Turn::ClaimRefunds),
    (8, Turn::Pursue),
    (4, Turn::ClaimJobs),
    (10, Turn::GoOnWith),
    (3, Turn::ExpireOrders),
    (1, Turn::Compare),
    (16, Turn::GoOn),
    (6, Turn::ClaimPromises),
    (20, Turn::Deliver),
    (1, Turn::Forget),
    (1, Turn::Fee),
    (6, Turn::Host),
    (4, Turn::Weather),
    (22, Turn::Billing),
    (8, Turn::Wall),
    (1, Turn::Restart),
];

/// What a job's panel may meet while the job waits for its host.
pub(crate) const BESIDE_JOBS: &[(u32, Turn)] = &[
    (3, Turn::Wall),
    (3, Turn::ClaimJobs),
    (5, Turn::GoOnWith),
    (2, Turn::ClaimPromises),
    (4, Turn::Deliver),
    (2, Turn::Operate),
    (1, Turn::Remove),
];

/// What happens next.
pub(crate) fn next(chance: &mut Chance) -> Turn {
    chance.weighed(TURNS)
}

impl Turn {
    /// Whether it depends on what lies on the operator's desk.
    pub(crate) const fn is_at_the_desk(self) -> bool {
        matches!(self, Self::Accept | Self::Refund | Self::Resolve | Self::Pursue | Self::Pay)
    }
}
