with source as (

    {{ corrected('competitors') }}

),

renamed as (

    select
        competitor_id,
        name,
        name_en,
        _file,
        _line
        {{- extra_columns('competitors') }}
    from source

)

select * from renamed
