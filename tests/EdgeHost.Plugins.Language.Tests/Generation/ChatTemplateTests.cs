using EdgeHost.Capabilities.Language;
using EdgeHost.Plugins.Language.Generation.Templates;

namespace EdgeHost.Plugins.Language.Tests.Generation;

/// <summary>Chat templates as published models have them, and what they are refused for.</summary>
public class ChatTemplateTests
{
    private static readonly ChatTurn[] Talk =
    [
        new ChatTurn { Role = "system", Content = "Be kind." }, new ChatTurn { Role = "user", Content = "Hello" }, new ChatTurn { Role = "assistant", Content = "Hi" }, new ChatTurn { Role = "user", Content = "Bye " },
    ];

    [Fact]
    public void ChatMl_IsRendered() => Assert.Equal(
        "<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\nHi<|im_end|>\n<|im_start|>user\nBye <|im_end|>\n<|im_start|>assistant\n",
        Render("{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are a helpful AI assistant<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"));

    [Fact]
    public void Llama_IsRendered() => Assert.Equal(
        "<s><|start_header_id|>system<|end_header_id|>\n\nBe kind.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nHi<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nBye<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
        Render("{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}"));

    [Fact]
    public void Gemma_IsRendered_AndRefusesWhatDoesNotAlternate()
    {
        const string Template = "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '\n' + message['content'] | trim + '<end_of_turn>\n' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}";

        Assert.Equal("<s><start_of_turn>user\nHello<end_of_turn>\n<start_of_turn>model\n", Render(Template, Talk[1..2]));
        var error = Assert.Throws<EdgeHostException>(() => Render(Template));
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("System role not supported", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Qwen_WithNamespacesAndSlices_IsRendered()
    {
        const string Template = """
            {%- if tools %}
                {{- '<tools>' }}
            {%- else %}
                {%- if messages[0].role == 'system' %}
                    {{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}
                {%- endif %}
            {%- endif %}
            {%- set ns = namespace(multi_step_tool=true, last_query_index=messages|length - 1) %}
            {%- for message in messages[::-1] %}
                {%- set index = (messages|length - 1) - loop.index0 %}
                {%- if ns.multi_step_tool and message.role == "user" and message.content is string and not(message.content.startswith('<tool_response>') and message.content.endswith('</tool_response>')) %}
                    {%- set ns.multi_step_tool = false %}
                    {%- set ns.last_query_index = index %}
                {%- endif %}
            {%- endfor %}
            {%- for message in messages %}
                {%- if (message.role == "user") or (message.role == "system" and not loop.first) %}
                    {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>' + '\n' }}
                {%- elif message.role == "assistant" %}
                    {%- set content = message.content.split('</think>')[-1].lstrip('\n') if '</think>' in message.content else message.content %}
                    {{- '<|im_start|>' + message.role + '\n' + content + '<|im_end|>\n' }}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|im_start|>assistant\n' }}
                {%- if enable_thinking is defined and enable_thinking is false %}
                    {{- '<think>\n\n</think>\n\n' }}
                {%- endif %}
            {%- endif %}
            {{- ns.last_query_index }}
            """;

        Assert.Equal(
            "<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\nHi<|im_end|>\n<|im_start|>user\nBye <|im_end|>\n<|im_start|>assistant\n3",
            Render(Template));
    }

    [Theory]
    [InlineData("{{ 'a' ~ (1 + 2) ~ 1.5 }}", "a31.5")]
    [InlineData("{{ [1, 2, 3] | join(', ') }}{{ {'a': 1}.get('b', 'none') }}", "1, 2, 3none")]
    [InlineData("{{ x | default('d') }}{{ x is defined }}{{ none is none }}", "dFalseTrue")]
    [InlineData("{% for i in range(3) if i != 1 %}{{ i }}{% else %}e{% endfor %}", "02")]
    [InlineData("{% for k, v in {'a': 1, 'b': true}.items() %}{{ k }}={{ v }};{% endfor %}", "a=1;b=True;")]
    [InlineData("a\n  {% if true %}\nb\n  {% endif %}\nc", "a\nb\nc")]
    [InlineData("a {#- comment -#} b", "ab")]
    [InlineData("{{ 'abc'[1:] }}{{ 'abc'[-1] }}{{ 'a,b'.split(',')[0] }}", "bcca")]
    [InlineData("{{ {'b': [1, 'ä']} | tojson }}", "{\"b\":[1,\"ä\"]}")]
    [InlineData("{% set x %}in{{ 1 }}{% endset %}[{{ x }}]", "[in1]")]
    [InlineData("{{ 7 // 2 }}{{ 7 % 4 }}{{ -1 }}{{ 'yes' if 2 > 1 and not false else 'no' }}{{ 'b' not in 'abc' }}", "33-1yesFalse")]
    public void Language_IsAsJinjas(string template, string expected) => Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("\n{% macro x() %}{% endmacro %}", "line 2", "'macro'")]
    [InlineData("{{ 'a' | frobnicate }}", "line 1", "'frobnicate'")]
    [InlineData("{{ strftime(1) }}", "line 1", "'strftime'")]
    [InlineData("{% if true %}", "line 1", "'endif'")]
    [InlineData("{{ 'a", "line 1", "no end")]
    [InlineData("{{ 1 +", "line 1", "no end")]
    public void Templates_ThatAreNotKnown_SayWhere(string template, string line, string words)
    {
        var error = Assert.Throws<EdgeHostException>(() => Render(template));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains(line, error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Templates_ThatNeverEnd_AreStopped()
    {
        var error = Assert.Throws<EdgeHostException>(() => Render("{% for a in range(90000) %}{% for b in range(90000) %}x{% endfor %}{% endfor %}"));

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
    }

    private static string Render(string template, ChatTurn[]? messages = null)
        => new ChatTemplate(template, new Dictionary<string, string> { ["bos_token"] = "<s>" }).Render(messages ?? Talk);
}
