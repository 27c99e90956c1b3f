{% set end_of_running_month = 'cast(' ~ dbt.dateadd('month', 1, dbt.date_trunc('month', as_of())) ~ ' as date)' %}

with targets as (

    select owner_kind, owner_id, metric, period_type, period_start, period_end, target_value
    from {{ ref('int_targets') }}
    where product_line is null

),

-- The target to date of a year that runs is that of the months that have begun: the running month counts whole.
windows as (

    select period_type, period_start, 'target' as kind, period_start as first_day, period_end as end_day
    from {{ ref('dim_period') }} where has_begun
    union all
    select period_type, period_start, 'ytd_target', ytd_start, least(period_end, {{ end_of_running_month }})
    from {{ ref('dim_period') }} where has_begun
    union all
    select period_type, period_start, 'year_target', ytd_start, year_end
    from {{ ref('dim_period') }} where has_begun

),

-- Targets of one length that together cover a window wholly: the year's twelve months are the year's target.
covering as (

    select
        targets.owner_kind,
        targets.owner_id,
        targets.metric,
        windows.period_type,
        windows.period_start,
        windows.kind,
        targets.period_type as target_type,
        count(*) as parts,
        sum(targets.target_value) as target_value
    from windows
    inner join targets
        on targets.period_start >= windows.first_day
        and targets.period_end <= windows.end_day
    group by
        targets.owner_kind, targets.owner_id, targets.metric, targets.period_type,
        windows.period_type, windows.period_start, windows.kind, windows.first_day, windows.end_day
    having sum({{ dbt.datediff('targets.period_start', 'targets.period_end', 'day') }})
        = {{ dbt.datediff('windows.first_day', 'windows.end_day', 'day') }}

),

largest_parts as (

    select *
    from covering
    qualify row_number() over (
        partition by owner_kind, owner_id, metric, period_type, period_start, kind
        order by parts, target_type
    ) = 1

),

-- A target for sales is a target for the measure that the rulebook calls sales.
named as (

    select owner_kind, owner_id, metric, period_type, period_start, kind, target_value
    from largest_parts
    union all
    select parts.owner_kind, parts.owner_id, 'sales_amount', parts.period_type, parts.period_start, parts.kind,
        parts.target_value
    from largest_parts as parts
    inner join {{ source('rulebook', 'sales_basis') }} as basis
        on parts.metric = basis.basis
        and parts.period_start >= basis.effective_from
        and (basis.effective_to is null or parts.period_start < basis.effective_to)

),

side_by_side as (

    select
        owner_kind,
        owner_id,
        period_type,
        period_start,
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
