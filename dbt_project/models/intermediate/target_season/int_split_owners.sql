with organisation as (

    select target_year, 'organisation' as split_by, owner_kind, owner_id, parent_id, place
    from {{ ref('int_season_owners') }}

),

lines as (

    select tops.target_year, 'product_line' as split_by, 'product_line' as owner_kind, lines.product_line as owner_id,
        tops.owner_id as parent_id,
        cast(row_number() over (partition by tops.target_year order by lines.product_line) as integer) as place
    from (select distinct product_line from {{ ref('dim_product') }} where product_line is not null) as lines
    cross join (select * from organisation where parent_id is null) as tops

),

owners as (

    select * from organisation
    union all
    select target_year, 'product_line', owner_kind, owner_id, parent_id, place from organisation where parent_id is null
    union all
    select * from lines

),

ruled as (

    select
        owners.*,
        metrics.metric,
        rules.weights,
        rules.fallback_rate,
        shares.share_rate,
        greatest(coalesce(history.amount, 0), 0) as last_year,
        case when metrics.metric = 'new_customer_count' then steps.count_step else steps.money_step end as step
    from owners
    cross join (select unnest(['{{ season_metrics() | join("', '") }}']) as metric) as metrics
    inner join {{ ref('int_season_years') }} as seasons on owners.target_year = seasons.target_year
    inner join {{ source('rulebook', 'target_steps') }} as steps on {{ in_force('steps', 'seasons.year_start') }}
    left join {{ source('rulebook', 'target_splits') }} as rules
        on owners.owner_kind = rules.split_by and {{ in_force('rules', 'seasons.year_start') }}
    left join {{ source('rulebook', 'target_split_shares') }} as shares
        on owners.owner_kind = shares.split_by and owners.parent_id = shares.parent_id
        and owners.owner_id = shares.owner_id and {{ in_force('shares', 'seasons.year_start') }}
    left join {{ ref('int_season_history') }} as history
        on owners.target_year = history.target_year and owners.owner_kind = history.owner_kind
        and owners.owner_id = history.owner_id and metrics.metric = history.metric and history.years_back = 0
    where owners.parent_id is null or rules.weights is not null

),

sourced as (

    select
        *,
        case
            when parent_id is null then 'top'
            when count(share_rate) over family > 0 then 'share'
            when weights = 'equal' then 'equal'
            when last_year > 0 then 'last_year'
            else 'fallback'
        end as weight_source,
        avg(case when last_year > 0 then last_year end) over family as average
    from ruled
    window family as (partition by target_year, split_by, metric, parent_id)

)

select
    target_year || '|' || split_by || '|' || metric as plan,
    target_year,
    split_by,
    metric,
    owner_kind,
    owner_id,
    parent_id,
    place,
    weight_source,
    cast(case weight_source
        when 'share' then coalesce(share_rate, 0)
        when 'last_year' then last_year
        when 'fallback' then fallback_rate * coalesce(average, 1)
        else 1
    end as decimal(18, 4)) as weight,
    cast(step as decimal(18, 2)) as step
from sourced
