with first_versions as (

    select opportunity_id, exchange_rate
    from {{ ref('int_opportunity_versions') }}
    where version_number = 1

),

entries as (

    select
        entries.opportunity_id,
        entries.entered_on as changed_on,
        row_number() over (
            partition by entries.opportunity_id
            order by entries.entered_on, entries.sequence nulls last, stages.stage_order nulls last, entries.stage
        ) as entry_number,
        coalesce({{ stage_meant() }}, entries.stage) as stage,
        coalesce(stages.status, 'open') as status,
        {{ converted('entries.amount', 'first_versions.exchange_rate') }} as amount,
        entries.expected_close_on
    from {{ ref('stg_opportunity_stages') }} as entries
    inner join first_versions
        on entries.opportunity_id = first_versions.opportunity_id
    {{ join_stage_names('entries') }}
    left join {{ ref('int_process_stages') }} as stages
        on coalesce({{ stage_meant() }}, entries.stage) = stages.stage
    where entries.entered_on <= {{ as_of() }}

)

select * from entries
