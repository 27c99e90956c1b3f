{% set windows = [('', 'period_start', 'cutoff'), ('prior_year_', 'prior_year_start', 'prior_year_cutoff')] %}
with spine as (

    {{ units_by_period(ref('int_order_line_progress')) }}

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

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

{% for prefix, first, after in windows %}
{{ prefix }}measured as (

    select
        above_id as org_unit_id,
        period_type,
        period_start,
        {% for step, day, length in steps_to_cash() %}
        count(case when step = '{{ step }}' then 1 end) as {{ step }}_line_count,
        sum(case when step = '{{ step }}' then days * kept_quantity end)
            / nullif(sum(case when step = '{{ step }}' then kept_quantity end), 0) as {{ step }}_mean_days,
        percentile_cont(0.5) within group (order by case when step = '{{ step }}' then days end)
            as {{ step }}_median_days{{ ',' if not loop.last }}
        {% endfor %}
    from steps
    inner join periods
        on done_on >= periods.{{ first }}
        and done_on < periods.{{ after }}
    group by 1, 2, 3

),

-- Lines whose promised day has come: in full and on time, or not.
{{ prefix }}promised as (

    select
        lines.above_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        count(*) as due_line_count,
        count(case when lines.on_time_quantity >= lines.quantity then 1 end) as on_time_in_full_line_count
    from lines
    inner join periods
        on lines.promised_on >= periods.{{ first }}
        and lines.promised_on < periods.{{ after }}
    cross join {{ ref('int_shipping_supplied') }} as shipping
    where shipping.is_supplied
        and lines.promised_on < {{ as_of() }}
        and lines.quantity > 0
    group by 1, 2, 3

),

{% endfor %}
final as (

    select
        spine.*,
        {% for prefix, first, after in windows %}
        {% for step, day, length in steps_to_cash() %}
        cast(coalesce({{ prefix }}measured.{{ step }}_line_count, 0) as bigint) as {{ prefix }}{{ step }}_line_count,
        {{ days(prefix ~ 'measured.' ~ step ~ '_mean_days') }} as {{ prefix }}{{ step }}_mean_days,
        {{ days(prefix ~ 'measured.' ~ step ~ '_median_days') }} as {{ prefix }}{{ step }}_median_days,
        {% endfor %}
        cast(coalesce({{ prefix }}promised.due_line_count, 0) as bigint) as {{ prefix }}due_line_count,
        cast(coalesce({{ prefix }}promised.on_time_in_full_line_count, 0) as bigint) as {{ prefix }}on_time_in_full_line_count,
        {{ rate(prefix ~ 'promised.on_time_in_full_line_count', prefix ~ 'promised.due_line_count') }}
            as {{ prefix }}on_time_in_full_rate{{ ',' if not loop.last }}
        {% endfor %}
    from spine
    {% for prefix, first, after in windows %}
    left join {{ prefix }}measured
        on {{ of_unit_and_period(prefix ~ 'measured') }}
    left join {{ prefix }}promised
        on {{ of_unit_and_period(prefix ~ 'promised') }}
    {% endfor %}

)

select * from final
