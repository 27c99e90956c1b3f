with targets as (

    select * from {{ ref('int_targets') }}
    where metric in ('{{ target_metrics() | join("', '") }}')
        and product_line is null and territory_id is null and customer_id is null

),

-- The days of a target on which its owner is there.
measured_targets as (

    select
        targets.owner_kind,
        targets.owner_id,
        targets.metric,
        targets.period_type,
        targets.period_start,
        targets.period_end,
        targets.target_value,
        {{ dbt.datediff('targets.period_start', 'targets.period_end', 'day') }} as days,
        coalesce(sum({{ days_shared('targets.period_start', 'targets.period_end', 'owners') }}), 0) as days_there
    from targets
    left join {{ ref('int_owner_validity') }} as owners
        on targets.owner_kind = owners.owner_kind
        and targets.owner_id = owners.owner_id
        and targets.period_start < owners.valid_to
        and targets.period_end > owners.valid_from
    group by
        targets.owner_kind, targets.owner_id, targets.metric, targets.period_type, targets.period_start,
        targets.period_end, targets.target_value, targets._file, targets._line

),

windows as (

    select * from {{ ref('int_target_windows') }}

),

windows_of_owners as (

    select
        owners.owner_kind,
        owners.owner_id,
        windows.period_type,
        windows.period_start,
        windows.kind,
        sum({{ days_shared('windows.first_day', 'windows.end_day', 'owners') }}) as days_there
    from windows
    inner join {{ ref('int_owner_validity') }} as owners
        on windows.first_day < owners.valid_to
        and windows.end_day > owners.valid_from
    group by owners.owner_kind, owners.owner_id, windows.period_type, windows.period_start, windows.kind

),

coverage as (

    select
        targets.owner_kind,
        targets.owner_id,
        targets.metric,
        windows.period_type,
        windows.period_start,
        windows.kind,
        targets.period_type as target_type,
        count(*) as parts,
        sum(targets.target_value) as target_value,
        sum(targets.days) = windows.days as is_whole,
        sum(targets.days_there) as days_covered
    from windows
    inner join measured_targets as targets
        on targets.period_start >= windows.first_day
        and targets.period_end <= windows.end_day
    group by
        targets.owner_kind, targets.owner_id, targets.metric, targets.period_type,
        windows.period_type, windows.period_start, windows.kind, windows.days

)

select
    coverage.*,
    coverage.days_covered > 0 and coverage.days_covered = windows_of_owners.days_there as is_whole_while_there
from coverage
left join windows_of_owners
    on coverage.owner_kind = windows_of_owners.owner_kind
    and coverage.owner_id = windows_of_owners.owner_id
    and coverage.period_type = windows_of_owners.period_type
    and coverage.period_start = windows_of_owners.period_start
    and coverage.kind = windows_of_owners.kind
