with source as (

    {{ corrected('research_log') }}

),

renamed as (

    select
        research_id,
        research_on,
        topic,
        product_line,
        territory_id,
        employee_id,
        method,
        result,
        _file,
        _line
        {{- extra_columns('research_log') }}
    from source

)

select * from renamed
