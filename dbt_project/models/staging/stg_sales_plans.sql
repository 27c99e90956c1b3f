with source as (

    {{ corrected('sales_plans') }}

),

renamed as (

    select
        plan_id,
        employee_id,
        planned_on,
        kind,
        customer_id,
        product_line,
        content,
        expected_amount,
        done_on,
        _file,
        _line
        {{- extra_columns('sales_plans') }}
    from source

)

select * from renamed
