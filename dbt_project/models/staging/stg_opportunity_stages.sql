with source as (

    {{ latest_version(source('raw', 'opportunity_stages'), ['opportunity_id', 'entered_on', 'stage']) }}

),

renamed as (

    select
        opportunity_id,
        entered_on,
        stage,
        sequence,
        amount,
        expected_close_on,
        _file,
        _line
    from source

)

select * from renamed
