with source as (

    {{ corrected('quotes') }}

),

renamed as (

    select
        quote_id,
        coalesce(quote_family_id, quote_id) as quote_family_id,
        coalesce(version_number, 1) as version_number,
        quoted_on,
        valid_until,
        customer_id,
        opportunity_id,
        employee_id,
        status,
        decided_on,
        order_id,
        list_amount,
        net_amount,
        coalesce(currency, {{ company_currency() }}) as currency,
        _file,
        _line
    from source

)

select * from renamed
