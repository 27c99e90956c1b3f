with living as (

    select
        entity,
        given,
        becomes,
        coalesce(valid_from, cast('0001-01-01' as date)) as valid_from,
        coalesce(valid_to, {{ far_day() }}) as valid_to,
        correction_id
    from {{ source('corrections', 'aliases') }}
    where coalesce(valid_until, {{ far_day() }}) >= {{ as_of() }}

),

{# On receipts a payer's own line counts before the customer's. #}
customers_as_payers as (

    select
        'payers' as entity,
        given,
        becomes,
        valid_from,
        valid_to,
        correction_id
    from living
    where entity = 'customers'
        and given not in (select given from living where entity = 'payers')

)

select * from living
union all
select * from customers_as_payers
