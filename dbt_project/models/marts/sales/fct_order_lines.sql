select
    lines.order_id,
    lines.line_number,
    lines.business_date,
    lines.customer_id,
    lines.employee_id,
    coalesce(assignments.org_unit_id, 'unassigned') as org_unit_id,
    lines.territory_id,
    lines.channel,
    lines.product_id,
    lines.product_line,
    lines.quantity,
    lines.net_amount,
    lines.cost_amount,
    lines.currency,
    lines.exchange_rate,
    lines.shipped_on,
    lines.promised_on,
    lines._file,
    lines._line
from {{ ref('int_order_lines') }} as lines
left join {{ ref('int_seller_units') }} as assignments
    on lines.employee_id = assignments.employee_id
    and lines.business_date >= assignments.valid_from
    and lines.business_date < assignments.valid_to
