{% set counts = ['activity', 'attempt', 'reached', 'booked', 'held', 'no_show'] %}
with activities as (

    select
        coalesce(nullif(trim(activities.kind), ''), 'other') as kind,
        activities.customer_id,
        activities.appointment,
        activities.reached,
        activities.activity_on as owned_on,
        coalesce(sellers.org_unit_id, 'unassigned') as org_unit_id
    from {{ ref('stg_activities') }} as activities
    left join {{ ref('int_seller_units') }} as sellers
        on activities.employee_id = sellers.employee_id
        and activities.activity_on >= sellers.valid_from
        and activities.activity_on < sellers.valid_to
    where activities.activity_on <= {{ as_of() }}

),

kinds as (

    select *, kind as counted_as from activities
    union all
    select *, 'all' from activities

),

sums as (

    select
        closure.ancestor_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        periods.period_label,
        periods.period_state,
        activities.counted_as as kind,
        count(*) as activity_count,
        count(distinct activities.customer_id) as customer_count,
        sum(case when reached in ('yes', 'no') then 1 else 0 end) as attempt_count,
        sum(case when reached = 'yes' then 1 else 0 end) as reached_count,
        sum(case when appointment in ('booked', 'held', 'no_show') then 1 else 0 end) as booked_count,
        sum(case when appointment = 'held' then 1 else 0 end) as held_count,
        sum(case when appointment = 'no_show' then 1 else 0 end) as no_show_count
    from kinds as activities
    inner join {{ ref('dim_period') }} as periods
        on activities.owned_on >= periods.period_start
        and activities.owned_on < periods.cutoff
        and periods.has_begun
    {{ join_units_above('activities') }}
    group by closure.ancestor_id, periods.period_type, periods.period_start, periods.period_label, periods.period_state,
        activities.counted_as

),

final as (

    select
        sums.org_unit_id,
        units.org_level,
        units.is_leaf,
        sums.period_type,
        sums.period_start,
        sums.period_label,
        sums.period_state,
        sums.kind,
        cast(sums.customer_count as bigint) as customer_count,
        {% for name in counts %}
        cast(sums.{{ name }}_count as bigint) as {{ name }}_count,
        {% endfor %}
        {{ rate('sums.reached_count', 'sums.attempt_count') }} as contact_rate,
        {{ rate('sums.held_count', 'sums.booked_count') }} as held_rate,
        {{ rate('sums.no_show_count', 'sums.booked_count') }} as no_show_rate
    from sums
    inner join {{ ref('dim_org_unit') }} as units
        on sums.org_unit_id = units.org_unit_id

)

select * from final
