with stages_seen as (

    select opportunity_id, stage, known_on as seen_on
    from {{ ref('int_opportunity_versions') }}
    union all
    select opportunity_id, stage, changed_on
    from {{ ref('int_opportunity_history') }}

),

-- Listed, and counted as an open stage that lies beside the funnel.
unmapped as (

    select 'unmapped_stage' as kind, seen.stage as subject, count(distinct seen.opportunity_id) as record_count,
        min(seen.seen_on) as first_on, max(seen.seen_on) as last_on
    from stages_seen as seen
    left join {{ ref('int_process_stages') }} as stages
        on seen.stage = stages.stage
    where stages.stage is null
        and seen.stage is not null
    group by seen.stage

),

negative as (

    select 'closed_before_created', opportunity_id, 1, closed_on, created_on
    from {{ ref('int_closed_opportunities') }}
    where cycle_days < 0

),

answered_before as (

    select 'lead_answered_before_created', lead_id, 1, least(assigned_on, first_touch_on), created_on
    from {{ ref('int_leads') }}
    where is_answered_before

),

not_supplied as (

    select distinct 'evidence_not_supplied', evidence.kind || ':' || evidence.what, 0,
        cast(null as date), cast(null as date)
    from {{ source('rulebook', 'process_evidence') }} as evidence
    left join {{ ref('int_step_proofs') }} as proofs
        on evidence.kind = proofs.kind
        and evidence.what = proofs.what
    where {{ in_force('evidence', as_of()) }}
        and proofs.kind is null
        and exists (select 1 from {{ ref('int_opportunities') }})

),

findings as (

    select * from unmapped
    union all
    select * from negative
    union all
    select * from answered_before
    union all
    select * from not_supplied

)

select
    kind,
    subject,
    cast(record_count as bigint) as record_count,
    first_on,
    last_on
from findings
