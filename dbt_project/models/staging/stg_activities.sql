with source as (

    {{ latest_version(source('raw', 'activities'), ['activity_id']) }}

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
        _file,
        _line
    from source

)

select * from renamed
