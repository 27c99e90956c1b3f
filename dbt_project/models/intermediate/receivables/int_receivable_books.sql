with opening_balances as (

    select * from {{ ref('stg_opening_balances') }}

),

books as (

    select min(opened_on) as opened_on
    from opening_balances

)

select * from books
