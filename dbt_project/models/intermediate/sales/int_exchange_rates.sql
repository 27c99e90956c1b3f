with company as (

    select currency as company_currency from {{ source('meta', 'company') }}

),

given as (

    select
        rates.currency,
        rates.valid_on as valid_from,
        -- Wide, since DuckDB keeps a product of two 18-digit decimals at 18 digits, which a million overflows.
        cast(rates.rate as decimal(28, 8)) as rate
    from {{ ref('stg_exchange_rates') }} as rates
    inner join company
        on rates.to_currency = company.company_currency
        and rates.currency <> company.company_currency

),

-- The company's own currency is worth one of itself, on every day.
own as (

    select company_currency as currency, {{ first_day() }} as valid_from, cast(1 as decimal(28, 8)) as rate
    from company

),

both_kinds as (

    select * from own
    union all
    select * from given

),

dated as (

    select
        currency,
        valid_from,
        coalesce(lead(valid_from) over (partition by currency order by valid_from), {{ far_day() }}) as valid_to,
        rate
    from both_kinds

)

select * from dated
