{% set counts = ['valid', 'assigned', 'unassigned', 'assign_timed', 'assign_breach', 'touched', 'untouched', 'touch_timed', 'touch_breach', 'seller', 'largest_seller'] %}
with leads as (

    select
        leads.*,
        closure.ancestor_id,
        periods.period_type,
        periods.period_start
    from {{ ref('int_leads') }} as leads
    inner join {{ ref('dim_period') }} as periods
        on leads.created_on >= periods.period_start
        and leads.created_on < periods.cutoff
        and periods.has_begun
    {{ join_units_above('leads') }}
    where leads.is_valid

),

by_seller as (

    select ancestor_id, period_type, period_start, employee_id, count(*) as lead_count
    from leads
    where employee_id is not null
    group by ancestor_id, period_type, period_start, employee_id

),

balance as (

    select ancestor_id, period_type, period_start, count(*) as seller_count, sum(lead_count) as owned_count,
        max(lead_count) as largest_seller_count
    from by_seller
    group by ancestor_id, period_type, period_start

),

sums as (

    select
        ancestor_id as org_unit_id,
        period_type,
        period_start,
        count(*) as valid_count,
        sum(case when is_assigned then 1 else 0 end) as assigned_count,
        sum(case when is_assigned then 0 else 1 end) as unassigned_count,
        count(days_to_assign) as assign_timed_count,
        sum(days_to_assign) as assign_days,
        percentile_cont(0.5) within group (order by days_to_assign) as assign_median_days,
        sum(case when is_assign_breach then 1 else 0 end) as assign_breach_count,
        sum(case when is_touched then 1 else 0 end) as touched_count,
        sum(case when is_touched then 0 else 1 end) as untouched_count,
        count(days_to_touch) as touch_timed_count,
        sum(days_to_touch) as touch_days,
        percentile_cont(0.5) within group (order by days_to_touch) as touch_median_days,
        sum(case when is_touch_breach then 1 else 0 end) as touch_breach_count
    from leads
    group by ancestor_id, period_type, period_start

),

spine as (

    {{ units_by_period(ref('int_leads')) }}

),

final as (

    select
        spine.*,
        {% for name in counts %}
        cast(coalesce({{ 'balance' if 'seller' in name else 'sums' }}.{{ name }}_count, 0) as bigint) as {{ name }}_count,
        {% endfor %}
        {% for name in ['assign', 'touch'] %}
        {{ days('sums.' ~ name ~ '_days / nullif(sums.' ~ name ~ '_timed_count, 0)') }} as {{ name }}_mean_days,
        {{ days('sums.' ~ name ~ '_median_days') }} as {{ name }}_median_days,
        {{ rate('sums.' ~ name ~ '_breach_count', 'sums.valid_count') }} as {{ name }}_breach_rate,
        {% endfor %}
        {{ days('cast(balance.owned_count as decimal(18, 4)) / nullif(balance.seller_count, 0)') }} as leads_per_seller
    from spine
    left join sums
        on spine.org_unit_id = sums.org_unit_id
        and spine.period_type = sums.period_type
        and spine.period_start = sums.period_start
    left join balance
        on spine.org_unit_id = balance.ancestor_id
        and spine.period_type = balance.period_type
        and spine.period_start = balance.period_start

)

select * from final
