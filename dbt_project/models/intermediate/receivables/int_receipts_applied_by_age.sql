with settled as (

    select document_id, instalment_number, sum(amount) as amount
    from {{ ref('int_settlements_matched_to_instalments') }}
    group by document_id, instalment_number

),

open_instalments as (

    select
        documents.customer_id,
        documents.document_id,
        documents.entered_on,
        instalments.instalment_number,
        instalments.due_on,
        instalments.amount - coalesce(settled.amount, 0) as amount
    from {{ ref('int_receivable_instalments') }} as instalments
    inner join {{ ref('int_receivable_documents') }} as documents
        on instalments.document_id = documents.document_id
    left join settled
        on instalments.document_id = settled.document_id
        and instalments.instalment_number = settled.instalment_number
    where instalments.amount - coalesce(settled.amount, 0) > 0

),

open_ranges as (

    select
        *,
        sum(amount) over (
            partition by customer_id order by due_on, document_id, instalment_number
            rows between unbounded preceding and current row
        ) as range_end
    from open_instalments

),

-- What came before the books began is in the opening balances already.
receipt_ranges as (

    select
        receipt_id,
        customer_id,
        received_on,
        unapplied_amount,
        sum(unapplied_amount) over (
            partition by customer_id order by received_on, receipt_id
            rows between unbounded preceding and current row
        ) as range_end
    from {{ ref('int_receipts_unapplied') }}
    cross join {{ ref('int_receivable_books') }} as books
    where kind = 'receipt'
        and unapplied_amount > 0
        and (books.opened_on is null or received_on >= books.opened_on)

),

matched as (

    select
        open_ranges.document_id,
        open_ranges.instalment_number,
        receipt_ranges.receipt_id,
        greatest(receipt_ranges.received_on, open_ranges.entered_on) as business_date,
        least(receipt_ranges.range_end, open_ranges.range_end)
        - greatest(
            receipt_ranges.range_end - receipt_ranges.unapplied_amount,
            open_ranges.range_end - open_ranges.amount
        ) as amount
    from receipt_ranges
    inner join open_ranges
        on receipt_ranges.customer_id = open_ranges.customer_id
        and receipt_ranges.range_end > open_ranges.range_end - open_ranges.amount
        and open_ranges.range_end > receipt_ranges.range_end - receipt_ranges.unapplied_amount

)

select
    document_id,
    instalment_number,
    receipt_id,
    business_date,
    {{ money('amount') }} as amount
from matched
