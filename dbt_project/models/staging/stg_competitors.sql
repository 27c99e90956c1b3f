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
    from source

)

select * from renamed
