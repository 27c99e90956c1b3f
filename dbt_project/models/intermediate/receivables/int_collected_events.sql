with parts as (

    select * from {{ ref('int_receipt_parts') }}
    where kind in ('receipt', 'refund', 'advance')

),

-- An advance is no collection until it is applied, and a deposit never is.
dated as (

    select
        *,
        case when kind = 'advance' and advances = 'when_applied'
            then greatest(collected_on, applied_on) else collected_on end as business_date
    from parts
    where collected_on is not null
        and (document_id is not null or kind != 'advance' or advances = 'at_receipt')

),

events as (

    select
        receipt_id,
        document_id,
        cast(business_date as date) as business_date,
        employee_id,
        owned_on,
        customer_id,
        is_bill,
        {{ money('sum(amount)') }} as amount
    from dated
    where business_date <= {{ as_of() }}
    group by 1, 2, 3, 4, 5, 6, 7

)

select * from events
