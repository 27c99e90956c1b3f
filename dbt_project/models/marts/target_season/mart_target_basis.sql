with methods as (

    select * from {{ ref('int_season_methods') }}

),

-- All three together: from the lowest middle to the highest, and their mean.
proposals as (

    select
        target_year, owner_kind, owner_id, metric, 'proposal' as method,
        case when count(middle_value) = 0 then 'no_method' end as reason,
        cast(null as decimal(18, 2)) as base_value,
        min(middle_value) as low_value,
        {{ money('avg(middle_value)') }} as middle_value,
        max(middle_value) as high_value,
        case when count(middle_value) > 0 then count(middle_value) || ' 种方法的平均，由最低至最高' end as note_zh,
        case when count(middle_value) > 0 then 'mean of ' || count(middle_value) || ' methods, from the lowest to the highest' end as note_en
    from methods
    group by target_year, owner_kind, owner_id, metric

),

-- What the next version of a metric's targets comes after.
versions as (

    select years.business_year as target_year, targets.metric, max(targets.version) as last_version
    from {{ ref('stg_targets') }} as targets
    inner join (select distinct period_label, business_year from {{ ref('int_periods') }}) as years
        on targets.period_label = years.period_label
    group by years.business_year, targets.metric

),

all_methods as (

    select * from methods
    union all
    select * from proposals

)

select
    found.target_year,
    seasons.year_start as period_start,
    cast(found.target_year as varchar) as period_label,
    found.owner_kind,
    found.owner_id,
    owners.name,
    owners.name_en,
    owners.parent_id as parent_owner_id,
    cast(owners.place as integer) as sort_order,
    found.metric,
    found.method,
    cast(case found.method when 'history_growth' then 1 when 'market_growth' then 2 when 'capacity' then 3 else 4 end as integer)
        as method_order,
    found.base_value,
    found.low_value,
    found.middle_value,
    found.high_value,
    found.reason,
    targets.set_value,
    {{ money('targets.set_value - found.middle_value') }} as gap_value,
    {{ rate('targets.set_value - found.middle_value', 'found.middle_value') }} as gap_rate,
    targets.prior_set_value,
    cast(targets.version as integer) as version,
    cast(versions.last_version as integer) as last_version,
    targets.approved_on,
    found.note_zh,
    found.note_en
from all_methods as found
inner join {{ ref('int_season_years') }} as seasons on found.target_year = seasons.target_year
inner join {{ ref('int_season_owners') }} as owners
    on found.target_year = owners.target_year and found.owner_kind = owners.owner_kind and found.owner_id = owners.owner_id
left join {{ ref('int_season_set_targets') }} as targets
    on found.target_year = targets.target_year and found.owner_kind = targets.owner_kind
    and found.owner_id = targets.owner_id and found.metric = targets.metric
left join versions on found.target_year = versions.target_year and found.metric = versions.metric
