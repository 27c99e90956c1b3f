with source as (

    {{ corrected('leads') }}

),

renamed as (

    select
        lead_id,
        name,
        lead_source,
        campaign,
        created_on,
        assigned_on,
        first_touch_on,
        employee_id,
        product_line,
        status,
        lower(trim(validity)) as validity,
        converted_opportunity_id,
        converted_on,
        cost_amount,
        coalesce(currency, {{ company_currency() }}) as currency,
        _file,
        _line
        {{- extra_columns('leads') }}
    from source

)

select * from renamed
