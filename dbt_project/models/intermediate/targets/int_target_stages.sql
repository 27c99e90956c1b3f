with targets as (

    select * from {{ ref('int_targets') }}
    where metric in ('{{ additive_metrics() | join("', '") }}')

),

stated as (

    select * from {{ ref('int_target_versions') }}
    where stage is not null and (approved_on is null or approved_on <= {{ as_of() }})
    qualify row_number() over (partition by target_id, stage order by version desc, _file desc, _line desc) = 1

),

-- A milestone belongs to the shortest target that holds it.
of_targets as (

    select
        targets.target_id,
        stated.stage,
        stated.period_start as stage_start,
        stated.period_end as stage_end,
        stated.target_value as stage_target_value
    from stated
    inner join targets
        on stated.level = targets.level
        and stated.owner_id = targets.owner_id
        and {{ same_scope('stated', 'targets') }}
        and stated.period_start >= targets.period_start
        and stated.period_end <= targets.period_end
    qualify row_number() over (
        partition by stated.target_id, stated.stage
        order by {{ dbt.datediff('targets.period_start', 'targets.period_end', 'day') }}, targets.target_id
    ) = 1

),

parts as (

    select
        targets.target_id,
        targets.target_value,
        targets.period_start as target_start,
        shares.stage_number,
        shares.share_rate,
        shares.stage_type,
        targets.period_end as target_end
    from targets
    inner join {{ source('rulebook', 'target_stages') }} as shares
        on targets.period_type = shares.period_type
        and {{ in_force('shares', 'targets.period_start') }}
    where targets.target_id not in (select target_id from of_targets)

),

periods_of_parts as (

    select
        starts.target_id,
        periods.period_start as stage_start,
        periods.period_end as stage_end,
        periods.period_label as stage,
        row_number() over (partition by starts.target_id order by periods.period_start) as stage_number
    from (select distinct target_id, stage_type, target_start, target_end from parts) as starts
    inner join {{ ref('dim_period') }} as periods
        on starts.stage_type = periods.period_type
        and periods.period_start >= starts.target_start
        and periods.period_end <= starts.target_end

),

shared as (

    select
        parts.target_id,
        parts.target_value,
        parts.share_rate,
        periods.stage,
        periods.stage_start,
        periods.stage_end,
        sum(parts.share_rate) over (
            partition by parts.target_id order by parts.stage_number rows between unbounded preceding and current row
        ) as share_to
    from parts
    inner join periods_of_parts as periods
        on parts.target_id = periods.target_id
        and parts.stage_number = periods.stage_number

),

-- Rounding what has added up, not each part, keeps the whole.
rounded as (

    select
        target_id,
        stage,
        stage_start,
        stage_end,
        {{ money(part_of('target_value', 'share_to')) }} - {{ money(part_of('target_value', 'share_to - share_rate')) }}
            as stage_target_value
    from shared

),

both_kinds as (

    select *, true as is_stated from of_targets
    union all
    select *, false from rounded

)

select
    target_id || '#' || stage as stage_id,
    target_id,
    cast(row_number() over (partition by target_id order by stage_start, stage_end, stage) as integer) as stage_number,
    stage,
    stage_start,
    stage_end,
    {{ target_number('stage_target_value') }} as stage_target_value,
    is_stated
from both_kinds
