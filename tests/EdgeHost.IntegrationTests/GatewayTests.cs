using System.ClientModel;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EdgeHost.IntegrationTests.Running;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Models;

namespace EdgeHost.IntegrationTests;

/// <summary>The door for programs of OpenAI's interface: its official .NET client, and requests that no client would send.</summary>
public class GatewayTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [ModelsFact]
    public async Task Transcribe_WithTheOfficialClient_GivesTheText()
    {
        var audio = ClientOf(gateway.Key).GetAudioClient("whisper-1");

        var simple = (await audio.TranscribeAudioAsync(Sounds.PathOf("sentence.wav"))).Value;
        var verbose = (await audio.TranscribeAudioAsync(Sounds.PathOf("two-sentences.flac"), new AudioTranscriptionOptions { ResponseFormat = AudioTranscriptionFormat.Verbose })).Value;

        Assert.NotEmpty(simple.Text);
        Assert.NotEmpty(verbose.Segments);
        Assert.True(verbose.Segments[0].EndTime > verbose.Segments[0].StartTime);
        Assert.Equal("en", verbose.Language);
    }

    [ModelsFact]
    public async Task Models_WithTheOfficialClient_AreWhatTheDoorOffers()
    {
        var models = ClientOf(gateway.Key).GetOpenAIModelClient();

        OpenAIModelCollection all = (await models.GetModelsAsync()).Value;
        var one = (await models.GetModelAsync("moonshine-tiny-en")).Value;
        var error = await Assert.ThrowsAsync<ClientResultException>(async () => await models.GetModelAsync("gpt-4o"));

        Assert.Contains(all, static model => model.Id == "moonshine-tiny-en");
        Assert.DoesNotContain(all, static model => model.Id == "face-front");
        Assert.Equal("moonshine-tiny-en", one.Id);
        Assert.Equal(404, error.Status);
    }

    [NpmFact("openai@7.59.0")]
    public async Task Door_WithTheOfficialClientForNode_Answers()
    {
        var seen = await NodeClient.RunAsync("gateway-client.js", NpmFactAttribute.Folder, gateway.Address.ToString(), gateway.Key, Sounds.PathOf("sentence.wav"));

        Assert.Contains("moonshine-tiny-en", seen["models"]!.AsArray().Select(static id => id!.GetValue<string>()));
        Assert.NotEmpty(seen["text"]!.GetValue<string>());
        Assert.Equal("AuthenticationError", seen["refused"]!.GetValue<string>());
        Assert.StartsWith("NotFoundError", seen["unknown"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer nobody:AAAA")]
    [InlineData("Bearer gateway-tests:AAAA")]
    [InlineData("Bearer starter:AAAA")]
    [InlineData("Basic Z2F0ZXdheTp0ZXN0cw==")]
    public async Task Request_WithoutAGoodKey_IsUnauthenticated(string? authorization)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{gateway.Address}/models");
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var response = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<JsonNode>())!["error"]!;
        Assert.Equal("authentication_error", error["type"]!.GetValue<string>());
        Assert.Contains("edgehost apps add", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat/completions", "{", "JSON")]
    [InlineData("chat/completions", "null", "null")]
    [InlineData("chat/completions", "{}", "messages")]
    [InlineData("chat/completions", """{"messages":[{"role":"user"}]}""", "messages[0].content")]
    [InlineData("chat/completions", """{"messages":[{"role":"user","content":"\ud800"}]}""", "messages[0].content")]
    [InlineData("chat/completions", """{"messages":[{"role":"user","content":"a"}],"response_format":{"type":"xml"}}""", "response_format")]
    [InlineData("embeddings", """{"input":[]}""", "input")]
    [InlineData("embeddings", """{"input":[[1,2]]}""", "input[0]")]
    [InlineData("embeddings", """{"input":"a","encoding_format":"hex"}""", "encoding_format")]
    [InlineData("audio/transcriptions", "{}", "multipart/form-data")]
    public async Task Request_ThatIsWrong_IsInvalidAndSaysWhere(string path, string body, string names)
    {
        using var http = HttpOf(gateway.Key);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await http.PostAsync($"{gateway.Address}/{path}", content);

        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.BadRequest, text);
        Assert.Contains(names, JsonNode.Parse(text)!["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"n":2}""", "n")]
    [InlineData("""{"messages":[{"role":"user","content":"a"}],"tools":[{"type":"function"}]}""", "tools")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:,"}}]}]}""", "messages[0].content[0].type")]
    public async Task Request_ForWhatIsNotOffered_IsRefusedByName(string body, string field)
    {
        using var http = HttpOf(gateway.Key);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await http.PostAsync($"{gateway.Address}/chat/completions", content);

        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
        Assert.Equal(field, error["param"]!.GetValue<string>());
    }

    [Fact]
    public async Task Request_BeyondTheLimitOfBytes_IsRefused()
    {
        using var http = HttpOf(gateway.Key);
        using var content = new StringContent($$"""{"input":"{{new string('a', 70_000)}}"}""", Encoding.UTF8, "application/json");

        using var response = await http.PostAsync($"{gateway.Address}/embeddings", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Gateway:MaxRequestBytes", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ForAnUnknownPath_IsNotFoundWithABody()
    {
        using var http = HttpOf(gateway.Key);

        using var response = await http.GetAsync(new Uri(gateway.Address, "/v2/everything"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("/v2/everything", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private OpenAIClient ClientOf(string key) => new(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = gateway.Address });

    private static HttpClient HttpOf(string key)
    {
        var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return http;
    }
}
