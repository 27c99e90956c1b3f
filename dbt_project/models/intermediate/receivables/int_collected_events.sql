with receipts as (

    select * from {{ ref('int_receipts_valued') }}
    where kind in ('receipt', 'refund', 'advance')

),

applied_parts as (

    select
        movements.receipt_id,
        movements.document_id,
        case when receipts.kind = 'advance' and receipts.advances = 'when_applied'
            then greatest(movements.business_date, receipts.collected_on)
            else receipts.collected_on end as business_date,
        case when receipts.credit_to = 'owner_at_receipt' and receipts.employee_id is not null
            then receipts.employee_id else documents.employee_id end as employee_id,
        case when receipts.credit_to = 'owner_at_receipt' and receipts.employee_id is not null
            then receipts.received_on else documents.document_date end as owned_on,
        documents.customer_id,
        receipts.is_bill,
        - sum(movements.amount) as amount
    from {{ ref('int_receivable_movements') }} as movements
    inner join receipts
        on movements.receipt_id = receipts.receipt_id
    inner join {{ ref('int_receivable_owners') }} as documents
        on movements.document_id = documents.document_id
    group by 1, 2, 3, 4, 5, 6, 7

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
        receipts.collected_on as business_date,
        receipts.employee_id,
        receipts.received_on as owned_on,
        receipts.customer_id,
        receipts.is_bill,
        receipts.unapplied_amount - coalesce(assumed_totals.amount, 0) as amount
    from receipts
    left join assumed_totals
        on receipts.receipt_id = assumed_totals.receipt_id
    where receipts.kind != 'advance' or receipts.advances = 'at_receipt'

),

events as (

    select * from applied_parts
    union all
    select * from unapplied_parts
    where amount != 0

)

select
    receipt_id,
    document_id,
    cast(business_date as date) as business_date,
    employee_id,
    cast(owned_on as date) as owned_on,
    {{ owner_unit('employee_id', 'owned_on') }} as org_unit_id,
    customer_id,
    is_bill,
    {{ money('amount') }} as amount
from events
where business_date <= {{ as_of() }}
