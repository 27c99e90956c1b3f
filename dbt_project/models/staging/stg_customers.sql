with source as (

    {{ corrected('customers') }}

),

renamed as (

    select
        customer_id,
        name,
        name_en,
        parent_customer_id,
        territory_id,
        industry,
        customer_class,
        employee_id,
        credit_days,
        created_on,
        intercompany_entity_id,
        _file,
        _line
        {{- extra_columns('customers') }}
    from source

)

select * from renamed
