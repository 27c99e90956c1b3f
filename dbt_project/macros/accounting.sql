{# The columns that identify a row of a raw table, as its contract names them. #}
{% macro source_key(table) -%}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- for node in graph.sources.values() if node.source_name == 'raw' and node.name == table -%}
            {%- do found.extend(node.config.meta.key or node.meta.key) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{# The place of a row among the versions of its key, 1 for the one that counts; the order of `latest_version`. #}
{% macro version_rank(key) -%}
    row_number() over (
        partition by {{ (key or ['_file']) | join(', ') }}
        order by
            case when _load = 'append' then _sequence end asc nulls last,
            case when _load = 'append' then _line end asc nulls last,
            _version_at desc nulls last,
            _extracted_on desc nulls last,
            _sequence desc,
            _line desc
    )
{%- endmacro %}

{# Each check by name, what it tolerates, and whether a difference stops the publication or is shown. #}
{% macro reconciliation_checks() -%}
    {% set checks = [
        ('receivable_roll_forward', '应收期初+开票-红字-核销-坏账=期末', 'Receivables roll forward to the closing balance', 0, 'error'),
        ('ageing_equals_receivable', '账龄合计=应收余额', 'Ageing buckets add up to the closing balance', 0, 'error'),
        ('receipts_are_applied_unapplied_or_refunds', '收款=已核销+未核销+退款',
            'Receipts are applied, unapplied or refunds', 0, 'warning'),
        ('leaf_receivables_equal_company', '末级单位应收合计=公司应收', 'Receivables of the lowest units equal the company', 0, 'error'),
        ('collected_credit_equals_company', '回款业绩合计=公司回款', 'Collections credited equal the company', 0, 'error'),
        ('leaf_sales_equal_company', '末级单位开票合计=公司开票', 'Invoiced sales of the lowest units equal the company', 0, 'error'),
        ('seller_credit_equals_company', '销售员业绩合计+未分配=公司开票', 'Invoiced credit of sellers and unassigned equals the company', 0, 'error'),
        ('order_lines_equal_header', '订单行合计=订单金额', 'Order lines add up to the order header', 0, 'warning'),
        ('documents_have_an_exchange_rate', '外币单据均有汇率', 'Documents in other currencies have an exchange rate', 0, 'warning'),
        ('control_receivable', '应收余额=总账控制数', 'Receivables equal the ledger', 0, 'warning'),
        ('control_billed', '开票=总账控制数', 'Billing equals the ledger', 0, 'warning'),
        ('control_cash', '收款=总账控制数', 'Cash received equals the ledger', 0, 'warning'),
    ] %}
    {% for check_id, name_zh, name_en, tolerance, severity in checks %}
    select
        '{{ check_id }}' as check_id,
        '{{ name_zh }}' as name_zh,
        '{{ name_en }}' as name_en,
        {{ tolerance }} as tolerance_amount,
        '{{ severity }}' as severity
    {{ 'union all' if not loop.last }}
    {% endfor %}
{%- endmacro %}

{% macro reconciliation_reason(reason, language) -%}
    {%- set texts = {
        'same_amount': ('金额与差异相同', 'Its amount equals the difference'),
        'not_confirmed': ('未确认,不计入', 'Not confirmed, so not counted'),
        'deposit': ('押金,不计回款', 'A deposit, so not counted as cash'),
        'unapplied': ('已收款但未核销', 'Received but not applied'),
        'lines_differ_from_header': ('行合计与单头不符', 'Its lines differ from its header'),
        'no_exchange_rate': ('缺少汇率,不计入', 'No exchange rate, so not counted'),
        'intercompany': ('集团内部往来,不计入', 'Within the group, so not counted'),
        'applied_beyond_receipt': ('核销超过收款金额', 'More is applied than was received'),
    } -%}
    case {{ reason }}
        {% for code, (zh, en) in texts.items() %}
        when '{{ code }}' then '{{ zh if language == 'zh' else en }}'
        {% endfor %}
    end
{%- endmacro %}
