with source as (

    select
        *,
        coalesce(cast(_version_at as date), _extracted_on) as known_on
    from ({{ corrected('opportunities', all_versions=true) }}) as versions

),

numbered as (

    select
        opportunity_id,
        row_number() over (
            partition by opportunity_id
            order by known_on nulls first, _version_at nulls first, _extracted_on nulls first, _sequence, _file,
                _line nulls first
        ) as version_number,
        known_on,
        _op = 'delete' as is_deleted,
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
    from source

)

select * from numbered
