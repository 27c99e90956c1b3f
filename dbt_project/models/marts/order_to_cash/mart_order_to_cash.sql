{% set prefixes = ['', 'prior_year_'] %}
with spine as (

    {{ units_by_period(ref('int_order_line_progress')) }}

),

windows as (

    select '' as prefix, period_type, period_start, period_start as first_day, cutoff as end_day
    from {{ ref('dim_period') }}
    where has_begun
    union all
    select 'prior_year_', period_type, period_start, prior_year_start, prior_year_cutoff
    from {{ ref('dim_period') }}
    where has_begun
        and prior_year_start is not null

),

lines as (

    {{ with_units_above(ref('int_order_line_progress')) }}

),

steps as (

    {% for step, day, length in steps_to_cash() %}
    select
        '{{ step }}' as step,
        above_id,
        {{ day }} as done_on,
        cast({{ length }} as double) as days,
        kept_quantity
    from lines
    where {{ length }} is not null
        and {{ day }} is not null
        and stands_at <> 'returned'
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

measured as (

    select
        steps.above_id as org_unit_id,
        windows.period_type,
        windows.period_start,
        windows.prefix,
        steps.step,
        count(*) as line_count,
        sum(steps.days * steps.kept_quantity) / nullif(sum(steps.kept_quantity), 0) as mean_days,
        percentile_cont(0.5) within group (order by steps.days) as median_days
    from steps
    inner join windows
        on steps.done_on >= windows.first_day
        and steps.done_on < windows.end_day
    group by 1, 2, 3, 4, 5

),

-- Lines whose promised day has come: in full and on time, or not.
promised as (

    select
        lines.above_id as org_unit_id,
        windows.period_type,
        windows.period_start,
        windows.prefix,
        count(*) as due_line_count,
        count(case when lines.on_time_quantity >= lines.quantity then 1 end) as on_time_in_full_line_count
    from lines
    inner join windows
        on lines.promised_on >= windows.first_day
        and lines.promised_on < windows.end_day
    cross join {{ ref('int_shipping_supplied') }} as shipping
    where shipping.is_supplied
        and lines.promised_on < {{ as_of() }}
        and lines.quantity > 0
    group by 1, 2, 3, 4

),

side_by_side as (

    select
        org_unit_id,
        period_type,
        period_start
        {%- for prefix in prefixes %}
        {%- for step, day, length in steps_to_cash() %}
        {%- for name in ['line_count', 'mean_days', 'median_days'] %},
        max(case when prefix = '{{ prefix }}' and step = '{{ step }}' then {{ name }} end) as {{ prefix }}{{ step }}_{{ name }}
        {%- endfor %}
        {%- endfor %}
        {%- endfor %}
    from measured
    group by 1, 2, 3

),

final as (

    select
        spine.*,
        {% for prefix in prefixes %}
        {% set due = prefix ~ 'promised' %}
        {% for step, day, length in steps_to_cash() %}
        cast(coalesce(side_by_side.{{ prefix }}{{ step }}_line_count, 0) as bigint) as {{ prefix }}{{ step }}_line_count,
        {{ days('side_by_side.' ~ prefix ~ step ~ '_mean_days') }} as {{ prefix }}{{ step }}_mean_days,
        {{ days('side_by_side.' ~ prefix ~ step ~ '_median_days') }} as {{ prefix }}{{ step }}_median_days,
        {% endfor %}
        cast(coalesce({{ due }}.due_line_count, 0) as bigint) as {{ prefix }}due_line_count,
        cast(coalesce({{ due }}.on_time_in_full_line_count, 0) as bigint) as {{ prefix }}on_time_in_full_line_count,
        {{ rate(due ~ '.on_time_in_full_line_count', due ~ '.due_line_count') }}
            as {{ prefix }}on_time_in_full_rate{{ ',' if not loop.last }}
        {% endfor %}
    from spine
    left join side_by_side
        on {{ of_unit_and_period('side_by_side') }}
    {% for prefix in prefixes %}
    left join promised as {{ prefix }}promised
        on {{ of_unit_and_period(prefix ~ 'promised') }}
        and {{ prefix }}promised.prefix = '{{ prefix }}'
    {% endfor %}

)

select * from final
