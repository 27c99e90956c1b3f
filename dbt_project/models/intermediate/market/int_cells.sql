with keys as (

    select period_type, period_start, segment, territory_id from {{ ref('int_segment_sums') }}
    union
    select period_type, period_start, segment, territory_id from {{ ref('int_market_by_cell') }}
    union
    select period_type, period_start, segment, territory_id from {{ ref('int_segment_closings') }}

),

latest as (

    select period_type, max(period_start) as latest_start
    from {{ ref('int_market_by_cell') }}
    group by period_type

),

segments as (

    select product_line as segment, min(product_line_en) as segment_en
    from {{ ref('dim_product') }}
    where product_line is not null
    group by product_line
    union all
    select 'all', 'All'
    union all
    select 'unclassified', 'Unclassified'

),

territories as (

    select territory_id, name, name_en from {{ ref('dim_territory') }}
    union all
    select 'all', '全部', 'All'
    union all
    select 'unknown', '未知', 'Unknown'

),

parents as (

    select distinct ancestor_id as territory_id
    from {{ ref('int_territory_closure') }}
    where ancestor_id <> descendant_id

),

cells as (

    select
        keys.period_type,
        keys.period_start,
        periods.period_label,
        periods.period_state,
        periods.prior_start,
        periods.prior_year_start,
        keys.segment,
        coalesce(segments.segment_en, keys.segment) as segment_en,
        keys.territory_id,
        coalesce(territories.name, keys.territory_id) as territory_name,
        coalesce(territories.name_en, keys.territory_id) as territory_name_en,
        parents.territory_id is null as is_territory_leaf,
        coalesce(keys.period_start = latest.latest_start, false) as is_latest_with_source
    from keys
    inner join {{ ref('dim_period') }} as periods
        on keys.period_type = periods.period_type
        and keys.period_start = periods.period_start
    left join latest
        on keys.period_type = latest.period_type
    left join segments
        on keys.segment = segments.segment
    left join territories
        on keys.territory_id = territories.territory_id
    left join parents
        on keys.territory_id = parents.territory_id

)

select * from cells
