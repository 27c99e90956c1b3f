select
    level,
    owner_id,
    metric,
    product_line,
    unit,
    period_label,
    {{ target_number('target_value') }} as target_value,
    {{ target_number('original_target_value') }} as original_target_value,
    {{ target_number('proposed_value') }} as proposed_value,
    {{ target_number('target_value - proposed_value') }} as gap_value,
    {{ rate('target_value - proposed_value', 'proposed_value') }} as gap_rate,
    case
        when target_value is null then 'no_target'
        when answer is not null then answer
        when proposed_value is not null then 'proposed'
        else 'not_answered'
    end as answer_state,
    answer is not null or proposed_value is not null as is_answered,
    coalesce(answer = 'accepted', false) as is_accepted,
    comment,
    submitted_on,
    answered_on,
    answered_by,
    _file,
    _line
from {{ ref('int_target_proposals') }}
