with source as (

    {{ corrected('sales_contracts') }}

),

renamed as (

    select
        contract_id,
        signed_on,
        customer_id,
        opportunity_id,
        employee_id,
        order_id,
        amount,
        coalesce(currency, {{ company_currency() }}) as currency,
        starts_on,
        ends_on,
        term,
        status,
        has_attachment,
        _file,
        _line
    from source

)

select * from renamed
