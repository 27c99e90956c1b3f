with source as (

    {{ corrected('orders') }}

),

renamed as (

    select
        order_id,
        ordered_on,
        customer_id,
        employee_id,
        territory_id,
        coalesce(status, 'confirmed') as status,
        channel,
        coalesce(currency, {{ company_currency() }}) as currency,
        net_amount,
        gross_amount,
        modified_on,
        legal_entity_id,
        _file,
        _line
        {{- extra_columns('orders') }}
    from source

)

select * from renamed
