with sampled as (

    select measures.*, coalesce(employees.role, 'unknown') as role
    from {{ ref('int_seller_measures') }} as measures
    inner join {{ source('rulebook', 'process') }} as process
        on {{ in_force('process', day_before('measures.cutoff')) }}
        and measures.sample_count >= process.minimum_sample
    left join {{ ref('dim_employee') }} as employees
        on measures.employee_id = employees.employee_id
    where measures.measured is not null

),

spread as (

    select
        org_unit_id,
        period_type,
        period_start,
        role,
        measure,
        stage,
        count(*) as seller_count,
        {% for name, part in [('p25', 0.25), ('p50', 0.5), ('p75', 0.75)] %}
        cast(percentile_cont({{ part }}) within group (order by measured) as decimal(18, 6)) as {{ name }}_value{{ ',' if not loop.last }}
        {% endfor %}
    from sampled
    group by org_unit_id, period_type, period_start, role, measure, stage
    having count(*) > 1

),

ranked as (

    select
        *,
        p75_value - p25_value as spread_value,
        row_number() over (
            partition by org_unit_id, period_type, period_start, role, measure
            order by p75_value - p25_value desc, stage
        ) as spread_rank
    from spread

)

select
    ranked.org_unit_id,
    units.org_level,
    units.is_leaf,
    ranked.period_type,
    ranked.period_start,
    periods.period_label,
    periods.period_state,
    ranked.role,
    ranked.measure,
    ranked.stage,
    stages.name_zh as stage_name_zh,
    stages.name_en as stage_name_en,
    cast(ranked.seller_count as bigint) as seller_count,
    ranked.p25_value,
    ranked.p50_value,
    ranked.p75_value,
    cast(ranked.spread_value as decimal(18, 6)) as spread_value,
    ranked.measure = 'conversion' and ranked.spread_rank = 1 and ranked.spread_value > 0 as is_widest_step
from ranked
inner join {{ ref('dim_org_unit') }} as units
    on ranked.org_unit_id = units.org_unit_id
inner join {{ ref('dim_period') }} as periods
    on ranked.period_type = periods.period_type
    and ranked.period_start = periods.period_start
left join {{ ref('int_process_stages') }} as stages
    on ranked.stage = stages.stage
