with invoices as (

    select 'invoice' as document_kind, invoice_id as document_id, business_date, customer_id, employee_id,
        org_unit_id, gross_amount, _file, _line
    from {{ ref('fct_invoices') }}
    union all
    select 'credit_note', credit_note_id, business_date, customer_id, employee_id,
        org_unit_id, gross_amount, _file, _line
    from {{ ref('fct_credit_notes') }}

),

receipts as (

    select
        receipts.*,
        coalesce(sellers.org_unit_id, 'unassigned') as org_unit_id
    from {{ ref('fct_receipts') }} as receipts
    left join {{ ref('int_seller_units') }} as sellers
        on receipts.employee_id = sellers.employee_id
        and receipts.business_date >= sellers.valid_from
        and receipts.business_date < sellers.valid_to

),

excluded as (

    select
        excluded.*,
        coalesce(sellers.org_unit_id, 'unassigned') as org_unit_id
    from {{ ref('int_invoices_in_company_currency') }} as excluded
    left join {{ ref('int_seller_units') }} as sellers
        on excluded.employee_id = sellers.employee_id
        and excluded.invoiced_on >= sellers.valid_from
        and excluded.invoiced_on < sellers.valid_to
    where excluded.status != 'confirmed'

),

-- Finance may count what the companies of the group sell each other.
intercompany as (

    select
        documents.*,
        coalesce(sellers.org_unit_id, 'unassigned') as org_unit_id
    from {{ ref('int_intercompany_documents') }} as documents
    left join {{ ref('int_seller_units') }} as sellers
        on documents.employee_id = sellers.employee_id
        and documents.business_date >= sellers.valid_from
        and documents.business_date < sellers.valid_to

),

-- The amount is what the document adds to books less ledger, if the ledger sees it the other way.
suspects as (

    select
        'billed' as figure, 'same_amount' as reason, document_kind, document_id, business_date, customer_id, employee_id,
        org_unit_id, gross_amount as amount, _file, _line
    from invoices
    where gross_amount is not null
    union all
    select
        'billed', 'not_confirmed', 'invoice', invoice_id, invoiced_on, customer_id, employee_id,
        org_unit_id, - gross_amount, _file, _line
    from excluded
    union all
    select
        'cash', 'same_amount', 'receipt', receipt_id, business_date, customer_id, employee_id,
        org_unit_id, amount, _file, _line
    from receipts
    where amount is not null
    union all
    select
        'cash', 'deposit', 'receipt', receipt_id, business_date, customer_id, employee_id,
        org_unit_id, - amount, _file, _line
    from receipts
    where kind = 'deposit'
    union all
    select
        'receivable', 'unapplied', 'receipt', receipt_id, business_date, customer_id, employee_id,
        org_unit_id, unapplied_amount, _file, _line
    from receipts
    where unapplied_amount != 0 and kind in ('receipt', 'advance')
    union all
    select
        'billed', 'intercompany', document_kind, document_id, business_date, customer_id, employee_id,
        org_unit_id, - billed_amount, _file, _line
    from intercompany
    where billed_amount != 0
    union all
    select
        'cash', 'intercompany', document_kind, document_id, business_date, customer_id, employee_id,
        org_unit_id, - received_amount, _file, _line
    from intercompany
    where received_amount != 0
    union all
    select
        'receivable', 'intercompany', document_kind, document_id, business_date, customer_id, employee_id,
        org_unit_id, received_amount, _file, _line
    from intercompany
    where received_amount != 0

),

-- What changes the billed side changes the balance too.
with_receivable as (

    select * from suspects
    union all
    select
        'receivable', reason, document_kind, document_id, business_date, customer_id, employee_id,
        org_unit_id, amount, _file, _line
    from suspects
    where figure = 'billed'

)

select * from with_receivable
