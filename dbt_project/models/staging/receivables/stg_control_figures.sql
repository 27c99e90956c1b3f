with source as (

    {{ latest_version(source('raw', 'control_figures'), ['scope', 'scope_id', 'period_label', 'figure']) }}

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
