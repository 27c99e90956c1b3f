with source as (

    {{ corrected('headcount_plans') }}

),

renamed as (

    select
        period_label,
        org_unit_id,
        role,
        planned_count,
        actual_count,
        _file,
        _line
    from source

)

select * from renamed
