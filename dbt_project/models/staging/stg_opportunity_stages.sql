with source as (

    {{ corrected('opportunity_stages') }}

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
        {{- extra_columns('opportunity_stages') }}
    from source

)

select * from renamed
