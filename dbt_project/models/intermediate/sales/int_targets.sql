with targets as (

    select * from {{ ref('stg_targets') }}

),

placed as (

    select
        targets.level,
        targets.owner_id,
        targets.metric,
        targets.product_line,
        targets.unit,
        targets.version,
        targets.target_value,
        targets.approved_on,
        coalesce(targets.period_start, periods.period_start) as period_start,
        coalesce(targets.period_end, case when targets.period_start is null then periods.period_end end) as given_end,
        targets._file,
        targets._line
    from targets
    left join {{ ref('dim_period') }} as periods
        on targets.period_label = periods.period_label

),

-- A target without an end lasts until the next one of the same owner and metric.
ended as (

    select
        placed.*,
        coalesce(given_end, next_start, {{ far_day() }}) as period_end
    from placed
    left join (
        select level, owner_id, metric, product_line, period_start,
            lead(period_start) over (
                partition by level, owner_id, metric, product_line order by period_start
            ) as next_start
        from (select distinct level, owner_id, metric, product_line, period_start from placed) as starts
    ) as followed
        on placed.level = followed.level
        and placed.owner_id = followed.owner_id
        and placed.metric = followed.metric
        and placed.product_line is not distinct from followed.product_line
        and placed.period_start = followed.period_start
    where placed.period_start is not null

),

versions as (

    select
        *,
        first_value(target_value) over (
            partition by level, owner_id, metric, product_line, period_start, period_end order by version, _file, _line
            rows between unbounded preceding and unbounded following
        ) as original_target_value,
        row_number() over (
            partition by level, owner_id, metric, product_line, period_start, period_end
            order by version desc, _file desc, _line desc
        ) as from_last
    from ended

),

final as (

    select
        level,
        case when level = 'company' then root.org_unit_id else versions.owner_id end as owner_id,
        case when level in ('company', 'org_unit') then 'org_unit' else level end as owner_kind,
        metric,
        product_line,
        unit,
        version,
        period_start,
        period_end,
        coalesce(periods.period_type, 'custom') as period_type,
        periods.period_label,
        target_value,
        original_target_value,
        approved_on,
        versions._file,
        versions._line
    from versions
    cross join (select org_unit_id from {{ ref('dim_org_unit') }} where parent_org_unit_id is null) as root
    left join (
        select period_type, period_label, period_start as starts, period_end as ends from {{ ref('dim_period') }}
    ) as periods
        on versions.period_start = periods.starts
        and versions.period_end = periods.ends
    where from_last = 1

)

select * from final
