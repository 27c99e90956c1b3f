with documents as (

    select * from {{ ref('int_receivable_owners') }}

),

receivables as (

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
        documents.org_unit_id,
        documents.owned_on,
        receivables.measure,
        receivables.amount
    from receivables
    inner join documents
        on receivables.document_id = documents.document_id

),

of_receipts as (

    select
        periods.period_type,
        periods.period_start,
        collected.customer_id,
        collected.org_unit_id,
        collected.owned_on,
        measures.measure,
        collected.amount
    from {{ ref('int_collected_events') }} as collected
    inner join {{ ref('dim_period') }} as periods
        on periods.has_begun
        and collected.business_date >= periods.period_start
        and collected.business_date < periods.cutoff
    inner join (
        select 'collected_amount' as measure, false as bills_only
        union all
        select 'collected_bill_amount', true
    ) as measures
        on collected.is_bill or not measures.bills_only

),

of_orders as (

    select
        measured.period_type,
        measured.period_start,
        orders.customer_id,
        orders.org_unit_id,
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

)

select * from amounts
