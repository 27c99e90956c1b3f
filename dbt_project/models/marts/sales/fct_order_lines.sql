select
    lines.order_id,
    lines.line_number,
    lines.business_date,
    lines.customer_id,
    lines.employee_id,
    lines.org_unit_id,
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
    {{- extra_columns('orders', 'lines') }}
    {{- extra_columns('order_lines', 'lines') }}
from {{ ref('int_order_lines') }} as lines
