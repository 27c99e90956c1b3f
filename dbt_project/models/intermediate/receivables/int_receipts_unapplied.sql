with receipts as (

    select * from {{ ref('int_receipts_in_company_currency') }}
    where received_on <= {{ as_of() }}
        and exchange_rate is not null

),

valued_applications as (

    select
        settlements.receipt_id,
        case when coalesce(settlements.currency, receipts.currency) = receipts.currency
            then {{ converted('settlements.original_amount', 'receipts.exchange_rate') }}
            else settlements.amount end as amount
    from {{ ref('int_receivable_settlements') }} as settlements
    inner join receipts
        on settlements.receipt_id = receipts.receipt_id

),

applied_totals as (

    select receipt_id, sum(amount) as applied_amount
    from valued_applications
    group by receipt_id

),

rests as (

    select
        receipts.*,
        coalesce(applied_totals.applied_amount, 0) as stated_applied_amount,
        receipts.amount - coalesce(applied_totals.applied_amount, 0) as unapplied_amount
    from receipts
    left join applied_totals
        on receipts.receipt_id = applied_totals.receipt_id

)

select * from rests
