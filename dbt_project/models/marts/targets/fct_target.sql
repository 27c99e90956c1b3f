with versions as (

    select * from {{ ref('int_target_versions') }}

),

current_versions as (

    select target_id, version, _file, _line from {{ ref('int_targets') }}

),

-- A version counts from the day on which it was approved, else from that on which it became known, to the next one's.
final as (

    select
        {{ target_columns('versions') }},
        coalesce(versions.stage, '') as stage,
        versions.version,
        {{ target_number('versions.target_value') }} as target_value,
        versions.owner_person,
        versions.parent_owner_id,
        versions.method,
        versions.basis,
        versions.reason,
        versions.submitted_on,
        versions.approved_on,
        versions.approved_by,
        versions.known_on,
        coalesce(versions.approved_on, versions.known_on) as counts_from,
        lead(coalesce(versions.approved_on, versions.known_on)) over (
            partition by versions.target_id, versions.stage order by versions.version, versions._file, versions._line
        ) as counts_to,
        current_versions.target_id is not null as is_current,
        row_number() over (
            partition by versions.target_id, versions.stage order by versions.version, versions._file, versions._line
        ) = 1 as is_original,
        versions._file,
        versions._line
    from versions
    left join current_versions
        on versions.target_id = current_versions.target_id
        and versions.stage is null
        and versions.version = current_versions.version
        and versions._file = current_versions._file
        and versions._line = current_versions._line

)

select * from final
