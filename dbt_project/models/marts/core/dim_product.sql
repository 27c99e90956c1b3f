select
    product_id,
    name,
    coalesce(name_en, name) as name_en,
    product_line,
    coalesce(product_line_en, product_line) as product_line_en,
    category,
    unit_of_measure,
    standard_cost_amount,
    list_price_amount,
    launched_on
    {{- extra_columns('products') }}
from {{ ref('stg_products') }}
