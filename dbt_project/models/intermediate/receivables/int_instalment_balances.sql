with daily_changes as (

    select document_id, instalment_number, business_date, sum(amount) as amount
    from {{ ref('int_receivable_movements') }}
    group by document_id, instalment_number, business_date

),

spans as (

    select
        document_id,
        instalment_number,
        business_date as valid_from,
        coalesce(
            lead(business_date) over (partition by document_id, instalment_number order by business_date),
            cast('9999-12-31' as date)
        ) as valid_to,
        {{ money(
            'sum(amount) over (
                partition by document_id, instalment_number order by business_date
                rows between unbounded preceding and current row
            )'
        ) }} as open_amount
    from daily_changes

),

open_spans as (

    select * from spans
    where open_amount != 0

)

select * from open_spans
