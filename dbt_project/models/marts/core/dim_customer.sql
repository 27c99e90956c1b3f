select
    customer_id,
    name,
    coalesce(name_en, name) as name_en,
    parent_customer_id,
    territory_id,
    industry,
    customer_class,
    employee_id,
    credit_days,
    created_on
    {{- extra_columns('customers') }}
from {{ ref('stg_customers') }}
