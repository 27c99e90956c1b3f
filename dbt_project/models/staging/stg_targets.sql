with source as (

    {{ corrected('targets') }}

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

),

-- A blank version is the first, so that it may meet one that says so: the later file counts.
final as (

    select *
    from renamed
    qualify row_number() over (
        partition by level, owner_id, metric, product_line, period_label, period_start, version
        order by _file desc, _line desc
    ) = 1

)

select * from final
