with versions as (

    select * from {{ ref('fct_target') }}
    where stage = ''

),

changes as (

    select
        *,
        lag(version) over (partition by target_id order by version, _file, _line) as previous_version,
        lag(target_value) over (partition by target_id order by version, _file, _line) as previous_value,
        first_value(target_value) over (
            partition by target_id order by version, _file, _line rows between unbounded preceding and current row
        ) as original_value
    from versions

)

select
    {{ target_columns('changes') }},
    changes.version,
    changes.previous_version,
    changes.previous_value,
    changes.target_value,
    {{ target_number('changes.target_value - changes.previous_value') }} as change_value,
    {{ rate('changes.target_value - changes.previous_value', 'changes.previous_value') }} as change_rate,
    changes.original_value,
    {{ rate('changes.target_value - changes.original_value', 'changes.original_value') }} as change_from_original_rate,
    changes.reason,
    changes.approved_by,
    changes.approved_on,
    changes.counts_from,
    changes.counts_from > changes.period_start as is_within_period,
    changes.is_current
from changes
where changes.previous_version is not null
