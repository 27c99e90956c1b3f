with recursive applied as (

    select old_leaf_id, new_leaf_id, valid_from, share
    from {{ ref('int_org_unit_crosswalk') }}
    where is_applied and share > 0

),

-- What a unit does not give away stays where it is.
splits as (

    select old_leaf_id, new_leaf_id, valid_from, valid_from as placed_on, cast(sum(share) as decimal(18, 8)) as share
    from applied
    group by old_leaf_id, new_leaf_id, valid_from
    union all
    select old_leaf_id, old_leaf_id, valid_from, cast(null as date), cast(1 - sum(share) as decimal(18, 8))
    from applied
    group by old_leaf_id, valid_from
    having sum(share) < 1

),

reorganisations as (

    select
        valid_from,
        cast({{ dbt.dateadd('year', -1, 'valid_from') }} as date) as year_before,
        row_number() over (order by valid_from) as reorganisation
    from (select distinct valid_from from applied) as days

),

edges as (

    select valid_from as day from reorganisations
    union
    select year_before from reorganisations
    union
    select {{ first_day() }}

),

stretches as (

    select day as first_day, coalesce(lead(day) over (order by day), {{ far_day() }}) as end_day from edges

),

-- A day of last year is compared with the organisation one year later; as is, with that of today.
steps as (

    select 'prior_year' as view_of, stretches.first_day, stretches.end_day, reorganisations.reorganisation,
        reorganisations.valid_from
    from stretches
    inner join reorganisations
        on stretches.end_day <= reorganisations.valid_from
        and stretches.first_day >= reorganisations.year_before
    union all
    select 'as_is', stretches.first_day, stretches.end_day, reorganisations.reorganisation, reorganisations.valid_from
    from stretches
    inner join reorganisations
        on stretches.end_day <= reorganisations.valid_from

),

numbered as (

    select
        *,
        row_number() over (partition by view_of, first_day order by reorganisation) as step,
        count(*) over (partition by view_of, first_day) as last_step
    from steps

),

walked (view_of, first_day, end_day, old_leaf_id, leaf_id, placed_on, share, step, last_step) as (

    select starts.view_of, starts.first_day, starts.end_day, olds.old_leaf_id, olds.old_leaf_id, cast(null as date),
        cast(1 as decimal(18, 8)), cast(0 as bigint), starts.last_step
    from (select distinct view_of, first_day, end_day, last_step from numbered) as starts
    cross join (select distinct old_leaf_id from applied) as olds

    union all

    select
        walked.view_of,
        walked.first_day,
        walked.end_day,
        walked.old_leaf_id,
        coalesce(splits.new_leaf_id, walked.leaf_id),
        coalesce(splits.placed_on, walked.placed_on),
        cast(walked.share * coalesce(splits.share, 1) as decimal(18, 8)),
        walked.step + 1,
        walked.last_step
    from walked
    inner join numbered
        on walked.view_of = numbered.view_of
        and walked.first_day = numbered.first_day
        and walked.step + 1 = numbered.step
    left join splits
        on walked.leaf_id = splits.old_leaf_id
        and numbered.valid_from = splits.valid_from

),

ended as (

    select view_of, first_day, end_day, old_leaf_id, leaf_id as new_leaf_id, placed_on, sum(share) as share
    from walked
    where step = last_step and placed_on is not null
    group by view_of, first_day, end_day, old_leaf_id, leaf_id, placed_on

)

select
    view_of,
    first_day,
    end_day,
    old_leaf_id,
    new_leaf_id,
    placed_on,
    cast(sum(share) over (
        partition by view_of, first_day, old_leaf_id order by new_leaf_id, placed_on
        rows between unbounded preceding and current row
    ) - share as decimal(18, 8)) as share_from,
    cast(sum(share) over (
        partition by view_of, first_day, old_leaf_id order by new_leaf_id, placed_on
        rows between unbounded preceding and current row
    ) as decimal(18, 8)) as share_to
from ended
