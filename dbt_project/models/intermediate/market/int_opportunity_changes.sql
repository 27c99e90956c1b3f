with versions as (

    select
        *,
        lag(is_deleted, 1, false) over (partition by opportunity_id order by version_number) as was_deleted
    from {{ ref('int_opportunity_versions') }}

),

history as (

    select * from {{ ref('int_opportunity_history') }}

),

histories as (

    select opportunity_id, max(case when status <> 'open' then 1 else 0 end) = 1 as tells_closing
    from history
    group by opportunity_id

),

-- Every opportunity is created open, in the stage that it is first seen in.
births as (

    select
        versions.opportunity_id,
        least(versions.created_on, coalesce(history.changed_on, versions.created_on)) as changed_on,
        0 as source_rank,
        cast(0 as bigint) as source_order,
        case
            when history.status = 'open' then history.stage
            when history.stage is null and versions.status = 'open' then versions.stage
            else (select stage from {{ ref('int_process_stages') }} where stage_order = 1)
        end as stage,
        'open' as status,
        coalesce(history.amount, versions.amount) as amount,
        coalesce(history.expected_close_on, versions.expected_close_on) as expected_close_on
    from versions
    left join history
        on versions.opportunity_id = history.opportunity_id
        and history.entry_number = 1
    where versions.version_number = 1

),

entries as (

    select
        opportunity_id,
        changed_on,
        1 as source_rank,
        entry_number as source_order,
        case when status = 'open' then stage end as stage,
        status,
        amount,
        expected_close_on
    from history

),

-- Stages and closings of the exports count where no history tells them; amounts and expected days always.
exports as (

    select
        versions.*,
        histories.opportunity_id is null as is_without_history,
        case
            when versions.is_deleted then 'deleted'
            when versions.was_deleted or not coalesce(histories.tells_closing, false) then versions.status
        end as told_status
    from versions
    left join histories
        on versions.opportunity_id = histories.opportunity_id

),

-- Nothing happens before the creation: what was closed before it is counted as such, and walks on that day.
exported as (

    select
        opportunity_id,
        greatest(
            case when told_status in ('won', 'lost', 'excluded') then coalesce(closed_on, known_on) else known_on end,
            created_on
        ) as changed_on,
        2 as source_rank,
        version_number as source_order,
        case when is_without_history and status = 'open' then stage end as stage,
        told_status as status,
        amount,
        expected_close_on
    from exports
    where version_number > 1
        or told_status in ('won', 'lost', 'excluded', 'deleted')

),

changes as (

    select * from births
    union all
    select * from entries
    union all
    select * from exported

)

select * from changes
where changed_on <= {{ as_of() }}
