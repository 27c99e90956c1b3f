with source as (

    {{ corrected('activities') }}

),

renamed as (

    select
        activity_id,
        activity_on,
        kind,
        employee_id,
        customer_id,
        opportunity_id,
        outcome,
        next_on,
        appointment,
        reached,
        _file,
        _line
        {{- extra_columns('activities') }}
    from source

)

select * from renamed
