with source as (

    {{ corrected('opportunities') }}

),

renamed as (

    select
        opportunity_id,
        name,
        customer_id,
        employee_id,
        stage,
        status,
        created_on,
        expected_close_on,
        closed_on,
        amount,
        coalesce(currency, {{ company_currency() }}) as currency,
        product_line,
        lead_source,
        lost_reason,
        competitor_id,
        need,
        budget_amount,
        decision_maker,
        next_step,
        next_step_on,
        _file,
        _line
        {{- extra_columns('opportunities') }}
    from source

)

select * from renamed
