{# Validity that has no beginning or no end. #}
{% macro first_day() -%} cast('1900-01-01' as date) {%- endmacro %}

{% macro far_day() -%} cast('9999-12-31' as date) {%- endmacro %}

{# Whether a line of the rulebook that names a level, a role or both applies to a post. #}
{% macro held_by(line, post) -%}
    ({{ line }}.org_level is null or {{ line }}.org_level = {{ post }}.org_level)
            and ({{ line }}.role is null or {{ line }}.role in ({{ post }}.role, {{ post }}.job_title))
{%- endmacro %}

{# What is wrong and how to mend it, in both languages. #}
{% macro finding(problem, texts) -%}
    {%- for name in ['says_zh', 'says_en', 'mend_zh', 'mend_en'] %}
        {%- set place = loop.index0 %}
        case {{ problem }}
            {%- for code, sentences in texts.items() %}
            when '{{ code }}' then '{{ sentences[place] }}'
            {%- endfor %}
        end as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{% macro duty_findings() -%}
    {{ return({
        'no_accountable': ('没有人担责', 'Nobody is accountable', '在 duties.yml 写明一个 accountable', 'Name one accountable in duties.yml'),
        'several_accountable': ('担责者不止一个', 'More than one is accountable',
            '在 duties.yml 只留一个 accountable，其余改为 responsible', 'Leave one accountable in duties.yml, make the others responsible'),
        'no_responsible': ('没有人执行', 'Nobody is responsible', '在 duties.yml 写明 responsible', 'Name who is responsible in duties.yml'),
        'unknown_bearer': ('承担者不是现有的部门或层级', 'The bearer is no unit or level of today',
            '更正 duties.yml 或组织架构', 'Correct duties.yml or the organisation'),
        'accountable_without_manager': ('担责部门没有在职负责人', 'The accountable unit has no manager',
            '在组织架构中写明负责人', 'Name a manager in the organisation'),
    }) }}
{%- endmacro %}

{% macro organisation_findings() -%}
    {{ return({
        'cycle': ('部门成了自己的上级，其业绩计入“未分配”', 'The unit is above itself; its results count as unassigned',
            '更正其中一个部门的上级', 'Correct the unit above one of them'),
        'orphan': ('上级部门不存在，其业绩计入“未分配”', 'The unit above does not exist; its results count as unassigned',
            '补上上级部门，或更正其编码', 'Supply the unit above, or correct its code'),
        'overlapping_validity': ('有效期重叠，以后一条为准', 'Two versions are valid at once; the later one counts',
            '把前一条的失效日期改为后一条的生效日期', 'End the earlier one on the first day of the later'),
        'no_manager': ('没有在职负责人，没有人收到其报告', 'Nobody employed manages the unit, so nobody gets its report',
            '在组织架构中写明负责人', 'Name a manager in the organisation'),
        'closed_without_successor': ('部门已撤销，没有承接部门', 'The unit was closed and has no successor',
            '在组织调整对照中写明承接部门', 'Name its successor in org_unit_crosswalk'),
        'successor_not_applied': ('承接关系没有生效：两边须是最基层部门，新部门当天须在公司之下',
            'The successor is not applied: both must be lowest units, and the new one must hang below the company on that day',
            '更正组织调整对照', 'Correct org_unit_crosswalk'),
        'shares_beyond_whole': ('承接比例合计超过 100%，多出部分不计', 'The shares add up to more than 100 %; what is beyond is not counted',
            '更正组织调整对照的比例', 'Correct the shares in org_unit_crosswalk'),
        'person_without_unit': ('在职但不属于任何现有部门', 'Employed, but in no unit of today',
            '补上任职记录', 'Supply an assignment'),
        'two_assignments': ('同时有两条任职，以后一条为准', 'Two assignments at once; the later one counts',
            '把前一条的失效日期改为后一条的生效日期', 'End the earlier one on the first day of the later'),
        'leaver_owns_opportunities': ('已离职，名下仍有进行中的商机', 'Left, and still owns open opportunities',
            '把商机转给继任者', 'Hand the opportunities to a successor'),
        'leaver_owns_customers': ('已离职，名下仍有客户', 'Left, and still owns customers', '把客户转给继任者', 'Hand the customers to a successor'),
        'leaver_owns_receivables': ('已离职，名下仍有未收应收款', 'Left, with receivables still open',
            '指定催收责任人', 'Name who collects them'),
    }) }}
{%- endmacro %}

{# A share of an amount to date: whole for counts, cents for money, and all of it exactly. #}
{% macro share_to_date(share) -%}
    case
        when {{ share }} >= 1 then cast(amount_to_date as decimal(28, 6))
        when measure like '%_count' then cast(round(cast(amount_to_date as decimal(24, 6)) * {{ share }}, 0) as decimal(28, 6))
        else cast(round(cast(amount_to_date as decimal(24, 6)) * {{ share }}, 2) as decimal(28, 6))
    end
{%- endmacro %}
