{% set counts = ['lead', 'valid', 'invalid', 'duplicate', 'test', 'converted', 'won'] %}
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

),

by_source as (

    select
        ancestor_id as org_unit_id,
        period_type,
        period_start,
        lead_source,
        count(*) as lead_count,
        sum(case when is_valid then 1 else 0 end) as valid_count,
        sum(case when not is_valid and validity not in ('duplicate', 'test') then 1 else 0 end) as invalid_count,
        sum(case when validity = 'duplicate' then 1 else 0 end) as duplicate_count,
        sum(case when validity = 'test' then 1 else 0 end) as test_count,
        sum(case when is_valid and is_converted then 1 else 0 end) as converted_count,
        sum(case when is_valid and is_won then 1 else 0 end) as won_count,
        sum(cost_amount) as cost_amount
    from leads
    group by ancestor_id, period_type, period_start, lead_source

),

sums as (

    select * from by_source
    union all
    select org_unit_id, period_type, period_start, 'all', {% for name in counts %}sum({{ name }}_count), {% endfor %}sum(cost_amount)
    from by_source
    group by org_unit_id, period_type, period_start

),

final as (

    select
        sums.org_unit_id,
        units.org_level,
        units.is_leaf,
        sums.period_type,
        sums.period_start,
        periods.period_label,
        periods.period_state,
        sums.lead_source,
        {% for name in counts %}
        cast(sums.{{ name }}_count as bigint) as {{ name }}_count,
        {% endfor %}
        {{ rate('sums.valid_count', 'sums.lead_count') }} as valid_rate,
        {{ rate('sums.converted_count', 'sums.valid_count') }} as conversion_rate,
        {{ rate('sums.won_count', 'sums.valid_count') }} as won_rate,
        {{ money('sums.cost_amount') }} as cost_amount,
        {{ money('sums.cost_amount / nullif(sums.valid_count, 0)') }} as cost_per_lead_amount
    from sums
    inner join {{ ref('dim_org_unit') }} as units
        on sums.org_unit_id = units.org_unit_id
    inner join {{ ref('dim_period') }} as periods
        on sums.period_type = periods.period_type
        and sums.period_start = periods.period_start

)

select * from final
