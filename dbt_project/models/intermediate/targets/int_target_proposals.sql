with targets as (

    select * from {{ ref('int_targets') }}
    where territory_id is null and customer_id is null

),

submissions as (

    select
        submissions.*,
        case when submissions.level = 'company' then root.org_unit_id else submissions.owner_id end as of_owner
    from {{ ref('stg_target_submissions') }} as submissions
    cross join (select org_unit_id from {{ ref('dim_org_unit') }} where parent_org_unit_id is null) as root

),

-- Everybody of a level was asked for a metric and period in which somebody of it answered.
asked as (

    select distinct level, metric, period_label from submissions

)

select
    targets.target_id,
    coalesce(targets.level, submissions.level) as level,
    coalesce(targets.owner_id, submissions.of_owner) as owner_id,
    coalesce(targets.metric, submissions.metric) as metric,
    coalesce(targets.product_line, submissions.product_line) as product_line,
    coalesce(targets.unit, submissions.unit) as unit,
    coalesce(targets.period_label, submissions.period_label) as period_label,
    targets.target_value,
    targets.original_target_value,
    submissions.proposed_value,
    submissions.submitted_on,
    submissions.answer,
    submissions.comment,
    submissions.answered_on,
    submissions.answered_by,
    coalesce(submissions._file, targets._file) as _file,
    coalesce(submissions._line, targets._line) as _line
from (
    select targets.*
    from targets
    inner join asked
        on targets.level = asked.level
        and targets.metric = asked.metric
        and targets.period_label = asked.period_label
) as targets
full join submissions
    on targets.level = submissions.level
    and targets.owner_id = submissions.of_owner
    and targets.metric = submissions.metric
    and targets.product_line is not distinct from submissions.product_line
    and targets.quantity_unit is not distinct from submissions.quantity_unit
    and targets.period_label = submissions.period_label
