with receivables as (

    select period_type, period_start, document_id, measure, amount
    from {{ ref('int_receivables_by_document_period') }}
    union all
    select period_type, period_start, document_id, measure, amount
    from {{ ref('int_dues_by_document_period') }}

),

of_documents as (

    select
        receivables.period_type,
        receivables.period_start,
        documents.customer_id,
        documents.employee_id,
        documents.owned_on,
        receivables.measure,
        receivables.amount
    from receivables
    inner join {{ ref('int_receivable_owners') }} as documents
        on receivables.document_id = documents.document_id

),

receipt_events as (

    select business_date, owned_on, customer_id, employee_id, 'collected_amount' as measure, amount
    from {{ ref('int_collected_events') }}
    union all
    select business_date, owned_on, customer_id, employee_id, 'collected_bill_amount', amount
    from {{ ref('int_collected_events') }} where is_bill
    union all
    select received_on, received_on, customer_id, received_by, 'received_amount', amount
    from {{ ref('int_receipt_parts') }} where kind != 'deposit'
    union all
    select received_on, owned_on, customer_id, employee_id, 'unapplied_amount', amount
    from {{ ref('int_receipt_parts') }} where kind in ('receipt', 'advance') and document_id is null

),

of_receipts as (

    select
        windows.period_type,
        windows.period_start,
        receipt_events.customer_id,
        receipt_events.employee_id,
        receipt_events.owned_on,
        receipt_events.measure,
        receipt_events.amount
    from receipt_events
    inner join {{ ref('int_collection_windows') }} as windows
        on receipt_events.business_date >= windows.period_start
        and receipt_events.business_date < windows.cutoff

),

of_orders as (

    select
        measured.period_type,
        measured.period_start,
        orders.customer_id,
        orders.employee_id,
        orders.ordered_on as owned_on,
        measured.measure,
        measured.amount
    from {{ ref('int_orders_collected_by_period') }} as measured
    inner join {{ ref('int_orders_with_cash') }} as orders
        on measured.order_id = orders.order_id

),

amounts as (

    select * from of_documents
    union all
    select * from of_receipts
    union all
    select * from of_orders

),

summed as (

    select period_type, period_start, customer_id, employee_id, owned_on, measure, sum(amount) as amount
    from amounts
    group by period_type, period_start, customer_id, employee_id, owned_on, measure

),

with_unit as (

    select
        summed.*,
        coalesce(sellers.org_unit_id, 'unassigned') as org_unit_id
    from summed
    left join {{ ref('int_seller_units') }} as sellers
        on summed.employee_id = sellers.employee_id
        and summed.owned_on >= sellers.valid_from
        and summed.owned_on < sellers.valid_to

)

select * from with_unit
