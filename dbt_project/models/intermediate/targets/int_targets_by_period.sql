with coverage as (

    select * from {{ ref('int_target_coverage') }}

),

-- The year's twelve months are the year's target. Of who joins in February, the quarter's is that of February and
-- March; but a month without a target while its owner is there leaves the quarter without one.
largest_parts as (

    select *
    from coverage
    where is_whole or is_whole_while_there
    qualify row_number() over (
        partition by owner_kind, owner_id, metric, period_type, period_start, kind
        order by parts, target_type
    ) = 1

),

-- A target for sales is a target for the measure that the rulebook calls sales.
named as (

    select owner_kind, owner_id, metric, period_type, period_start, kind, target_value, is_whole
    from largest_parts
    union all
    select parts.owner_kind, parts.owner_id, 'sales_amount', parts.period_type, parts.period_start, parts.kind,
        parts.target_value, parts.is_whole
    from largest_parts as parts
    inner join {{ source('rulebook', 'sales_basis') }} as basis
        on parts.metric = basis.basis
        and {{ in_force('basis', 'parts.period_start') }}

),

side_by_side as (

    select
        owner_kind,
        owner_id,
        period_type,
        period_start,
        max(case when kind = 'target' and not is_whole then 1 else 0 end) = 1 as has_part_period_target,
        {% for kind in ['target', 'ytd_target', 'year_target'] %}
        {% for metric in target_metrics() %}
        max(case when kind = '{{ kind }}' and metric = '{{ metric }}' then {{ money('target_value') }} end)
            as {{ kind }}_{{ metric }}{{ ',' if not (loop.last and kind == 'year_target') }}
        {% endfor %}
        {% endfor %}
    from named
    group by owner_kind, owner_id, period_type, period_start

)

select * from side_by_side
