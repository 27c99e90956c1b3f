with split as (

    select * from {{ ref('int_target_split') }}

),

names as (

    select target_year, owner_kind, owner_id, name, name_en from {{ ref('int_season_owners') }}
    union all
    select seasons.target_year, 'product_line', lines.product_line, lines.product_line, lines.product_line_en
    from (
        select product_line, min(product_line_en) as product_line_en
        from {{ ref('dim_product') }}
        group by product_line
    ) as lines
    cross join {{ ref('int_season_years') }} as seasons

)

select
    owners.target_year,
    owners.split_by,
    owners.metric,
    owners.owner_kind,
    owners.owner_id,
    names.name,
    names.name_en,
    owners.parent_id as parent_owner_id,
    cast(split.depth as integer) as depth,
    cast(row_number() over (
        partition by owners.plan, split.month order by split.path
    ) as integer) as sort_order,
    owners.weight_source,
    owners.weight,
    owners.step,
    split.is_locked,
    totals.total_source,
    split.year_value,
    cast(split.month as integer) as month_of_year,
    months.period_label,
    months.period_start,
    cast(profile.share as decimal(18, 6)) as month_share_rate,
    split.value as target_value
from split
inner join {{ ref('int_split_owners') }} as owners
    on split.plan = owners.plan and split.owner_id = owners.owner_id
inner join {{ ref('int_split_totals') }} as totals on split.plan = totals.plan
inner join {{ ref('int_split_profile') }} as profile on split.plan = profile.plan and split.month = profile.month
inner join {{ ref('int_periods') }} as months
    on months.period_type = 'month' and months.business_year = owners.target_year and months.ordinal = split.month
left join names
    on owners.target_year = names.target_year and owners.owner_kind = names.owner_kind and owners.owner_id = names.owner_id
