with feedback as (

    select
        feedback.feedback_id,
        feedback.received_on,
        feedback.received_on as owned_on,
        coalesce(assignments.org_unit_id, 'unassigned') as org_unit_id,
        feedback.employee_id,
        feedback.customer_id,
        coalesce(feedback.competitor_id, 'none') as competitor_id,
        feedback.kind,
        coalesce(nullif(trim(feedback.theme), ''), 'blank') as theme,
        coalesce(feedback.product_line, 'unclassified') as segment,
        feedback.content,
        feedback.severity,
        {{ money('feedback.attached_amount') }} as attached_amount,
        feedback.own_price_amount,
        feedback.competitor_price_amount,
        coalesce(feedback.routed_to, 'none') as department,
        {% for name in ['acknowledged_on', 'decided_on', 'closed_on'] %}
        case when feedback.{{ name }} <= {{ as_of() }} then feedback.{{ name }} end as {{ name }},
        {% endfor %}
        feedback._file,
        feedback._line
    from {{ ref('stg_feedback') }} as feedback
    left join {{ ref('int_seller_units') }} as assignments
        on feedback.employee_id = assignments.employee_id
        and feedback.received_on >= assignments.valid_from
        and feedback.received_on < assignments.valid_to
    where feedback.received_on <= {{ as_of() }}

),

-- The step that comes next; a later one that is done makes up for an earlier one that nobody noted.
stepped as (

    select
        *,
        case
            when closed_on is not null then null
            when decided_on is not null then 'close'
            when acknowledged_on is not null then 'decide'
            else 'acknowledge'
        end as step
    from feedback

),

-- Outside every rule nothing is due.
due as (

    select
        stepped.*,
        case step
            {% for step in ['acknowledge', 'decide', 'close'] %}
            when '{{ step }}' then {{ add_days('stepped.received_on', 'limits.' ~ step ~ '_days') }}
            {% endfor %}
        end as due_on
    from stepped
    left join {{ source('rulebook', 'feedback_limits') }} as limits
        on {{ in_force('limits', 'stepped.received_on') }}

)

select
    *,
    coalesce(due_on < {{ as_of() }}, false) as is_overdue
from due
