using System.Text.Json;
using EdgeHost.Gateway.Chat;
using EdgeHost.Gateway.Http;

namespace EdgeHost.Gateway.Tests;

public class ChatRequestsTests
{
    [Fact]
    public void Make_TakesOverWhatIsAsked()
    {
        var request = ChatRequests.Make(Parse("""
            {"model":"tiny","messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Hello, "},{"type":"text","text":"you."}]}],
             "max_tokens":5,"max_completion_tokens":7,"temperature":0.5,"top_p":0.9,"top_k":40,"min_p":0.05,"seed":3,"stop":["a","b"],
             "presence_penalty":1,"frequency_penalty":-1,"repetition_penalty":1.1,
             "response_format":{"type":"json_schema","json_schema":{"name":"x","schema":{"type":"object"}}},"user":"somebody"}
            """), defaultMaxTokens: 100);

        Assert.Equal("tiny", request.Model);
        Assert.Equal([("system", "Be brief."), ("user", "Hello, you.")], request.Messages!.Select(static turn => (turn.Role, turn.Content)));
        Assert.Equal((7, 0.5, 0.9, 40, 0.05, 3L), (request.MaxTokens, request.Temperature, request.TopP, request.TopK, request.MinP, request.Seed));
        Assert.Equal((1.0, -1.0, 1.1), (request.PresencePenalty, request.FrequencyPenalty, request.RepetitionPenalty));
        Assert.Equal(["a", "b"], request.Stop);
        Assert.Equal("""{"type":"object"}""", request.ResponseSchema);
    }

    [Fact]
    public void Make_WhatIsNotAsked_IsLeftToTheHost()
    {
        var request = ChatRequests.Make(Parse("""{"model":"default","messages":[{"role":"user","content":"Hello."}],"stop":null,"response_format":{"type":"text"},"tools":[]}"""), defaultMaxTokens: 100);

        Assert.Null(request.Model);
        Assert.Null(request.Stop);
        Assert.Null(request.ResponseSchema);
        Assert.Null(request.Temperature);
        Assert.Equal(100, request.MaxTokens);
    }

    [Theory]
    [InlineData("""{"messages":[]}""", "messages")]
    [InlineData("""{"messages":[null]}""", "messages[0].role")]
    [InlineData("""{"messages":[{"content":"a"}]}""", "messages[0].role")]
    [InlineData("""{"messages":[{"role":"user","content":null}]}""", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":3}]}""", "messages[0].content")]
    [InlineData("""{"messages":[{"role":"user","content":["a"]}]}""", "messages[0].content[0]")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text"}]}]}""", "messages[0].content[0].text")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"stop":{"a":1}}""", "stop")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"response_format":{"type":"json_schema"}}""", "response_format.json_schema.schema")]
    public void Make_WrongField_IsNamed(string json, string field)
    {
        var error = Assert.Throws<EdgeHostException>(() => ChatRequests.Make(Parse(json), defaultMaxTokens: 100));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Equal(field, error.Details["field"]);
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"logprobs":true}""", "logprobs")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"n":0}""", "n")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"input_audio"}]}]}""", "messages[0].content[0].type")]
    public void Make_WhatIsNotOffered_IsUnimplemented(string json, string field)
    {
        var error = Assert.Throws<EdgeHostException>(() => ChatRequests.Make(Parse(json), defaultMaxTokens: 100));

        Assert.Equal(ErrorCode.Unimplemented, error.Code);
        Assert.Equal(field, error.Details["field"]);
    }

    private static ChatRequestBody Parse(string json) => JsonSerializer.Deserialize(json, GatewayJson.Wire.ChatRequestBody)!;
}
