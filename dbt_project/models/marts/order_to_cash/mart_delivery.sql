with spine as (

    {{ units_by_period(ref('int_deliveries')) }}

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

deliveries as (

    {{ with_units_above(ref('int_deliveries')) }}

),

promised as (

    select
        above_id as org_unit_id,
        period_type,
        period_start,
        count(*) as due_count,
        count(case when is_on_time then 1 end) as on_time_count
    from deliveries
    inner join periods
        on {{ happened_in('deliveries.promised_on') }}
    where is_on_time is not null
        and (promised_on < {{ as_of() }} or is_on_time)
    group by 1, 2, 3

),

accepted as (

    select
        above_id as org_unit_id,
        period_type,
        period_start,
        count(*) as accepted_count,
        percentile_cont(0.5) within group (order by acceptance_days) as acceptance_days
    from deliveries
    inner join periods
        on {{ happened_in('deliveries.accepted_on') }}
    where not is_return
    group by 1, 2, 3

),

sent as (

    select
        above_id as org_unit_id,
        period_type,
        period_start,
        count(case when not is_return then 1 end) as shipped_count,
        count(case when is_return then 1 end) as returned_count
    from deliveries
    inner join periods
        on {{ happened_in('deliveries.shipped_on') }}
    group by 1, 2, 3

),

installing as (

    select
        above_id as org_unit_id,
        period_type,
        period_start,
        count(*) as open_installation_count,
        count(case when {{ add_days('accept_by', 1) }} < cutoff then 1 end) as overdue_installation_count,
        max({{ dbt.datediff('delivered_on', day_before('cutoff'), 'day') }}) as oldest_days
    from deliveries
    inner join periods
        on {{ stood_at_the_end('deliveries.delivered_on', 'deliveries.accepted_on') }}
    where needs_installation
        and not is_return
    group by 1, 2, 3

)

select
    spine.*,
    {% for name in ['shipped', 'returned', 'due', 'on_time', 'accepted', 'open_installation', 'overdue_installation'] %}
    cast(coalesce({{ name }}_count, 0) as bigint) as {{ name }}_count,
    {% endfor %}
    {{ rate('on_time_count', 'due_count') }} as on_time_rate,
    {{ days('acceptance_days') }} as acceptance_median_days,
    cast(oldest_days as bigint) as open_installation_oldest_days
from spine
{% for sums in ['promised', 'accepted', 'sent', 'installing'] %}
left join {{ sums }}
    on {{ of_unit_and_period(sums) }}
{% endfor %}
