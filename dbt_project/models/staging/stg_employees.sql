with source as (

    {{ corrected('employees') }}

),

renamed as (

    select
        employee_id,
        name,
        name_en,
        email,
        job_title,
        hired_on,
        left_on,
        _file,
        _line
    from source

)

select * from renamed
