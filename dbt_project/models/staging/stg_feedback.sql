with source as (

    {{ corrected('feedback') }}

),

renamed as (

    select
        feedback_id,
        received_on,
        employee_id,
        customer_id,
        competitor_id,
        kind,
        theme,
        product_line,
        content,
        attached_amount,
        own_price_amount,
        competitor_price_amount,
        severity,
        routed_to,
        acknowledged_on,
        decided_on,
        closed_on,
        _file,
        _line
        {{- extra_columns('feedback') }}
    from source

)

select * from renamed
