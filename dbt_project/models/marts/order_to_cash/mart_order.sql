with spine as (

    {{ units_by_period(ref('int_order_line_progress')) }}

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

lines as (

    select
        progress.*,
        {{ add_days('progress.ordered_on', 'rules.order_to_shipment_days') }} as ship_by
    from ({{ with_units_above(ref('int_order_line_progress')) }}) as progress
    left join {{ source('rulebook', 'order_to_cash') }} as rules
        on {{ in_force('rules', 'progress.ordered_on') }}

),

placed as (

    select
        lines.above_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        count(distinct order_id) as order_count,
        count(*) as line_count,
        sum(net_amount) as ordered_amount
    from lines
    inner join periods
        on {{ happened_in('lines.ordered_on') }}
    group by 1, 2, 3

),

unshipped as (

    select
        lines.above_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        count(*) as unshipped_line_count,
        sum(net_amount) as unshipped_amount,
        percentile_cont(0.5) within group (order by {{ dbt.datediff('ordered_on', day_before('cutoff'), 'day') }}) as waiting_days,
        max({{ dbt.datediff('ordered_on', day_before('cutoff'), 'day') }}) as oldest_days,
        count(case when {{ add_days('ship_by', 1) }} < cutoff then 1 end) as over_limit_line_count,
        sum(case when {{ add_days('ship_by', 1) }} < cutoff then net_amount end) as over_limit_amount,
        count(case when {{ add_days('promised_on', 1) }} < cutoff then 1 end) as past_promise_line_count,
        sum(case when {{ add_days('promised_on', 1) }} < cutoff then net_amount end) as past_promise_amount
    from lines
    inner join periods
        on {{ stood_at_the_end('lines.ordered_on', 'lines.last_shipped_on') }}
    group by 1, 2, 3

),

contracted as (

    select
        contracts.above_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        count(*) as contracted_count,
        percentile_cont(0.5) within group (order by signed_to_ordered_days) as signed_to_ordered_days
    from ({{ with_units_above(ref('int_sales_contracts')) }}) as contracts
    inner join periods
        on {{ happened_in('contracts.ordered_on') }}
    group by 1, 2, 3

)

select
    spine.*,
    {% for name in ['order', 'line', 'contracted'] %}
    cast(coalesce({{ name }}_count, 0) as bigint) as {{ name }}_count,
    {% endfor %}
    {{ money('coalesce(ordered_amount, 0)') }} as ordered_amount,
    {{ days('signed_to_ordered_days') }} as signed_to_ordered_median_days,
    -- Nothing is known of what waits where nothing is known of shipping.
    {% for name in ['unshipped', 'over_limit', 'past_promise'] %}
    case when shipping.is_supplied then cast(coalesce({{ name }}_line_count, 0) as bigint) end as {{ name }}_line_count,
    case when shipping.is_supplied then {{ money('coalesce(' ~ name ~ '_amount, 0)') }} end as {{ name }}_amount,
    {% endfor %}
    case when shipping.is_supplied then {{ days('waiting_days') }} end as unshipped_median_days,
    case when shipping.is_supplied then cast(oldest_days as bigint) end as unshipped_oldest_days
from spine
cross join {{ ref('int_shipping_supplied') }} as shipping
{% for sums in ['placed', 'unshipped', 'contracted'] %}
left join {{ sums }}
    on {{ of_unit_and_period(sums) }}
{% endfor %}
