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
        {{- extra_columns('employees') }}
    from source

)

select * from renamed
