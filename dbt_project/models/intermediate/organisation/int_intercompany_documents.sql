with orders as (

    select
        orders.order_id,
        orders.ordered_on,
        orders.customer_id,
        orders.employee_id,
        orders.legal_entity_id,
        orders._file,
        orders._line,
        {{ money('sum(' ~ converted('lines.net_amount', 'rates.rate', 6) ~ ')') }} as net_amount
    from {{ ref('stg_orders') }} as orders
    inner join {{ ref('stg_order_lines') }} as lines
        on orders.order_id = lines.order_id
    left join {{ ref('int_exchange_rates') }} as rates
        on orders.currency = rates.currency
        and orders.ordered_on >= rates.valid_from
        and orders.ordered_on < rates.valid_to
    where orders.status = 'confirmed'
        and {{ within_the_group('orders') }}
    group by orders.order_id, orders.ordered_on, orders.customer_id, orders.employee_id, orders.legal_entity_id,
        orders._file, orders._line

),

invoices as (

    select * from {{ ref('int_intercompany_invoices') }}
    where status = 'confirmed'

),

-- A credit note is in the currency of its invoice, at the rate of the invoice.
credit_notes as (

    select
        credit_notes.*,
        invoices.legal_entity_id,
        coalesce(invoices.exchange_rate, 1) as exchange_rate
    from {{ ref('stg_credit_notes') }} as credit_notes
    left join invoices
        on credit_notes.invoice_id = invoices.invoice_id
    where {{ within_the_group('credit_notes') }}

),

documents as (

    select 'order' as document_kind, order_id as document_id, ordered_on as business_date, customer_id, employee_id,
        legal_entity_id, net_amount as booked_amount, 0 as invoiced_amount, 0 as billed_amount, 0 as received_amount,
        _file, _line
    from orders
    union all
    select 'invoice', invoice_id, invoiced_on, customer_id, employee_id, legal_entity_id, 0, net_amount, gross_amount, 0,
        _file, _line
    from invoices
    union all
    select 'credit_note', credit_note_id, credited_on, customer_id, employee_id, legal_entity_id, 0,
        - {{ converted('net_amount', 'exchange_rate') }}, - {{ converted('gross_amount', 'exchange_rate') }}, 0, _file, _line
    from credit_notes
    union all
    select 'opening', invoice_id, {{ day_before('opened_on') }}, customer_id, employee_id, null, 0, 0, open_amount, 0,
        _file, _line
    from {{ ref('stg_opening_balances') }} as balances
    where {{ within_the_group('balances') }}
    union all
    select 'receipt', receipt_id, received_on, customer_id, employee_id, legal_entity_id, 0, 0, 0, amount, _file, _line
    from {{ ref('int_intercompany_receipts') }}

)

select
    documents.document_kind,
    documents.document_id,
    documents.business_date,
    documents.customer_id,
    documents.employee_id,
    coalesce(documents.legal_entity_id, 'none') as legal_entity_id,
    affiliates.intercompany_entity_id as counterparty_entity_id,
    documents.booked_amount,
    documents.invoiced_amount,
    documents.billed_amount,
    documents.received_amount,
    documents._file,
    documents._line
from documents
inner join {{ ref('int_affiliates') }} as affiliates
    on documents.customer_id = affiliates.customer_id
where documents.business_date <= {{ as_of() }}
