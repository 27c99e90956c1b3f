with source as (

    {{ corrected('control_figures') }}

),

renamed as (

    select
        scope,
        coalesce(scope_id, '') as scope_id,
        period_label,
        figure,
        amount,
        _file,
        _line
    from source

)

select * from renamed
