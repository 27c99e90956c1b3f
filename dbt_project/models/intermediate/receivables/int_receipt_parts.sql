with receipts as (

    select * from {{ ref('int_receipts_valued') }}

),

applied_parts as (

    select
        receipts.receipt_id,
        movements.document_id,
        movements.business_date as applied_on,
        documents.customer_id,
        case when receipts.credit_to = 'owner_at_receipt' and receipts.employee_id is not null
            then receipts.employee_id else documents.employee_id end as employee_id,
        case when receipts.credit_to = 'owner_at_receipt' and receipts.employee_id is not null
            then receipts.received_on else documents.owned_on end as owned_on,
        - sum(movements.amount) as amount
    from {{ ref('int_receivable_movements') }} as movements
    inner join receipts
        on movements.receipt_id = receipts.receipt_id
    inner join {{ ref('int_receivable_owners') }} as documents
        on movements.document_id = documents.document_id
    group by 1, 2, 3, 4, 5, 6

),

assumed_totals as (

    select receipt_id, sum(amount) as amount
    from {{ ref('int_receipts_applied_by_age') }}
    group by receipt_id

),

unapplied_parts as (

    select
        receipts.receipt_id,
        cast(null as {{ dbt.type_string() }}) as document_id,
        cast(null as date) as applied_on,
        receipts.customer_id,
        receipts.employee_id,
        receipts.received_on as owned_on,
        receipts.unapplied_amount - coalesce(assumed_totals.amount, 0) as amount
    from receipts
    left join assumed_totals
        on receipts.receipt_id = assumed_totals.receipt_id
    where receipts.unapplied_amount - coalesce(assumed_totals.amount, 0) != 0

),

parts as (

    select * from applied_parts
    union all
    select * from unapplied_parts

)

select
    parts.receipt_id,
    parts.document_id,
    parts.applied_on,
    receipts.kind,
    receipts.is_bill,
    receipts.received_on,
    receipts.collected_on,
    receipts.advances,
    parts.customer_id,
    parts.employee_id,
    parts.owned_on,
    coalesce(receipts.employee_id, parts.employee_id) as received_by,
    {{ money('parts.amount') }} as amount
from parts
inner join receipts
    on parts.receipt_id = receipts.receipt_id
