with supplied as (

    select distinct kind, what
    from {{ ref('int_step_proofs') }}

),

-- What no opportunity of the company can show is not supplied, and judges nobody.
wanted as (

    select
        steps.opportunity_id,
        steps.stage,
        steps.passed_on,
        evidence.rule_id,
        evidence.evidence_order,
        evidence.kind,
        evidence.what,
        evidence.name_zh,
        evidence.name_en
    from {{ ref('int_steps_passed') }} as steps
    inner join {{ source('rulebook', 'process_evidence') }} as evidence
        on steps.stage = evidence.stage
        and {{ in_force('evidence', 'steps.passed_on') }}
    inner join supplied
        on evidence.kind = supplied.kind
        and evidence.what = supplied.what

)

select
    wanted.*,
    proofs.proven_on,
    coalesce(proofs.proven_on <= wanted.passed_on, false) as is_proven
from wanted
left join {{ ref('int_step_proofs') }} as proofs
    on wanted.opportunity_id = proofs.opportunity_id
    and wanted.kind = proofs.kind
    and wanted.what = proofs.what
