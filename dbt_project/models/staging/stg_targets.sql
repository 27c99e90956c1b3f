with source as (

    {{ latest_version(source('raw', 'targets'), ['level', 'owner_id', 'metric', 'product_line', 'period_label', 'period_start', 'version']) }}

),

renamed as (

    select
        level,
        owner_id,
        metric,
        product_line,
        period_label,
        period_start,
        period_end,
        target_value,
        unit,
        coalesce(version, 1) as version,
        approved_on,
        basis,
        _file,
        _line
    from source

)

select * from renamed
