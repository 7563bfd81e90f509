//! Invoices and credit notes: numbered without gaps, kept as they were issued, never changed.

use super::code::{from_json, json, money, parse};
use super::entity::{invoice, invoice_number};
use super::spans::place_of;
use super::{Store, StoreError, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    Statement,
};
use shared::api::invoices::InvoiceView;
use shared::ids::{AccountId, InvoiceId, OrderId, TenantId};
use shared::money::{Currency, Money};
use shared::time::Span;
use std::collections::HashMap;

const INVOICES: &str = "invoices";

/// A number in a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceNumber {
    /// Invoices and credit notes are counted apart.
    pub series: String,
    /// The year in which the fiscal year begins.
    pub fiscal_year: i32,
    /// 1 for the first of the year.
    pub sequence: i64,
}

/// A document to be kept.
#[derive(Debug, Clone)]
pub struct NewInvoice {
    /// Its place in its series.
    pub number: InvoiceNumber,
    /// The invoice that it corrects, if it is a credit note.
    pub corrects: Option<InvoiceId>,
    /// The document.
    pub view: InvoiceView,
}

impl Tx {
    /// Takes the next number of a series in a fiscal year. Others wait until this transaction ends; if it leaves no
    /// trace, neither does the number: there are no gaps.
    pub async fn next_number(&self, series: &str, fiscal_year: i32) -> Result<InvoiceNumber, StoreError> {
        let row = invoice_number::Entity::find().from_raw_sql(Statement::from_sql_and_values(
            self.db.get_database_backend(),
            "INSERT INTO invoice_numbers (series, fiscal_year, last) VALUES ($1, $2, 1)
             ON CONFLICT (series, fiscal_year) DO UPDATE SET last = invoice_numbers.last + 1
             RETURNING series, fiscal_year, last",
            [series.into(), i64::from(fiscal_year).into()],
        ));
        let row = row.one(&self.db).await?;
        let sequence = row.map(|row| row.last).ok_or(StoreError::Stale)?;
        Ok(InvoiceNumber { series: series.to_owned(), fiscal_year, sequence })
    }

    /// Keeps a document as it is issued.
    pub async fn insert_invoice(&self, new: &NewInvoice) -> Result<(), StoreError> {
        let NewInvoice { number, corrects, view } = new;
        let row = invoice::ActiveModel {
            id: Set(view.invoice_id.to_string()),
            series: Set(number.series.clone()),
            fiscal_year: Set(number.fiscal_year.into()),
            sequence: Set(number.sequence),
            number: Set(view.number.clone()),
            account_id: Set(view.account_id.to_string()),
            tenant_id: Set(view.tenant_id.to_string()),
            order_id: Set(view.order_id.map(|id| id.to_string())),
            corrects_id: Set(corrects.map(|id| id.to_string())),
            issued_at: Set(view.issued_at.unix()),
            gross_minor: Set(view.gross.minor),
            currency: Set(view.gross.currency.code().to_owned()),
            document: Set(json(view, INVOICES)?),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// The credit notes that correct an invoice, oldest first.
    pub async fn credit_notes(&self, id: InvoiceId) -> Result<Vec<InvoiceView>, StoreError> {
        credit_notes(&self.db, id).await
    }

    /// The invoice of a settled order.
    pub async fn invoice_of_order(&self, id: OrderId) -> Result<Option<InvoiceView>, StoreError> {
        invoice_of_order(&self.db, id).await
    }
}

impl Store {
    /// The invoice of a settled order.
    pub async fn invoice_of_order(&self, id: OrderId) -> Result<Option<InvoiceView>, StoreError> {
        invoice_of_order(&self.db, id).await
    }

    /// The invoices of those of these orders that have one.
    pub async fn invoices_of_orders(&self, orders: &[OrderId]) -> Result<HashMap<OrderId, InvoiceId>, StoreError> {
        let issued: Vec<(String, String)> = invoice::Entity::find()
            .select_only()
            .columns([invoice::Column::OrderId, invoice::Column::Id])
            .filter(invoice::Column::OrderId.is_in(orders.iter().map(OrderId::to_string)))
            .into_tuple()
            .all(&self.db)
            .await?;
        issued.into_iter().map(|(order, id)| Ok((parse(&order, INVOICES)?, parse(&id, INVOICES)?))).collect()
    }

    /// What was invoiced for a tenant in a span, less credit notes, with VAT.
    pub async fn invoiced(&self, id: TenantId, span: Span, currency: Currency) -> Result<Money, StoreError> {
        let rows = invoice::Entity::find()
            .filter(invoice::Column::TenantId.eq(id.to_string()))
            .filter(invoice::Column::IssuedAt.gte(span.from().unix()))
            .filter(invoice::Column::IssuedAt.lt(span.to().unix()))
            .filter(invoice::Column::Currency.eq(currency.code()))
            .all(&self.db)
            .await?;
        let signed = |row: &invoice::Model| if row.corrects_id.is_some() { -row.gross_minor } else { row.gross_minor };
        let sum: i128 = rows.iter().map(|row| i128::from(signed(row))).sum();
        let minor = i64::try_from(sum).map_err(|_| StoreError::Corrupt { table: INVOICES, what: "sum".to_owned() })?;
        Ok(Money::new(minor, currency))
    }

    /// What was invoiced to an account in each of some spans, which follow one another, less credit notes, with VAT: the
    /// place of the span and the sum, for each currency in which anything was. One query.
    pub async fn spent(&self, id: AccountId, spans: &[Span]) -> Result<Vec<(usize, Money)>, StoreError> {
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Ok(vec![]) };
        let place = place_of("invoices.issued_at", spans);
        let sql = format!(
            "SELECT {place} AS place, invoices.currency AS currency,
                    CAST(SUM(CASE WHEN invoices.corrects_id IS NULL THEN invoices.gross_minor
                                  ELSE -invoices.gross_minor END) AS BIGINT) AS minor
             FROM invoices
             WHERE invoices.account_id = $1 AND invoices.issued_at >= $2 AND invoices.issued_at < $3
             GROUP BY place, invoices.currency ORDER BY place, invoices.currency"
        );
        let values = [id.to_string().into(), first.from().unix().into(), last.to().unix().into()];
        let backend = self.db.get_database_backend();
        let rows = self.db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        let sum = |row: &QueryResult| {
            let (place, currency): (i64, String) = (row.try_get("", "place")?, row.try_get("", "currency")?);
            let nowhere = |_| StoreError::Corrupt { table: INVOICES, what: format!("place {place}") };
            let place = usize::try_from(place).map_err(nowhere)?;
            Ok((place, money(row.try_get("", "minor")?, &currency, INVOICES)?))
        };
        rows.iter().map(sum).collect()
    }

    /// The document with this id.
    pub async fn invoice(&self, id: InvoiceId) -> Result<Option<InvoiceView>, StoreError> {
        let row = invoice::Entity::find_by_id(id.to_string()).one(&self.db).await?;
        row.map(|row| from_json(&row.document, INVOICES)).transpose()
    }

    /// The credit notes that correct an invoice, oldest first.
    pub async fn credit_notes(&self, id: InvoiceId) -> Result<Vec<InvoiceView>, StoreError> {
        credit_notes(&self.db, id).await
    }

    /// At most `limit` documents before `before`, newest first: those of one account, or everybody's.
    pub async fn invoices(
        &self,
        account_id: Option<AccountId>,
        before: Option<InvoiceId>,
        limit: u64,
    ) -> Result<Vec<InvoiceView>, StoreError> {
        let mut query = invoice::Entity::find().order_by_desc(invoice::Column::Id).limit(limit);
        if let Some(account_id) = account_id {
            query = query.filter(invoice::Column::AccountId.eq(account_id.to_string()));
        }
        if let Some(before) = before {
            query = query.filter(invoice::Column::Id.lt(before.to_string()));
        }
        let rows = query.all(&self.db).await?;
        rows.iter().map(|row| from_json(&row.document, INVOICES)).collect()
    }
}

async fn credit_notes(db: &impl ConnectionTrait, id: InvoiceId) -> Result<Vec<InvoiceView>, StoreError> {
    let rows = invoice::Entity::find()
        .filter(invoice::Column::CorrectsId.eq(id.to_string()))
        .order_by_asc(invoice::Column::Id)
        .all(db)
        .await?;
    rows.iter().map(|row| from_json(&row.document, INVOICES)).collect()
}

async fn invoice_of_order(db: &impl ConnectionTrait, id: OrderId) -> Result<Option<InvoiceView>, StoreError> {
    let row = invoice::Entity::find().filter(invoice::Column::OrderId.eq(id.to_string())).one(db).await?;
    row.map(|row| from_json(&row.document, INVOICES)).transpose()
}
