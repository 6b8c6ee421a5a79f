using System.ClientModel;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx.Decoders;
using EdgeHost.TestKit.Onnx.Encoders;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace EdgeHost.IntegrationTests;

/// <summary>Chat and vectors through the door, with the official clients and tiny models that are made here.</summary>
public sealed class GatewayTextTests : IAsyncLifetime
{
    private static readonly TinyWeights Weights = new(new TinyShape());
    private readonly TempFolder _folder = new();
    private HostProcess? _host;
    private Uri _address = null!;
    private string _key = "";

    public async Task InitializeAsync()
    {
        TinyFolder.Write(_folder.Combine("tiny"), Weights, isGrouped: true);
        TinyEncoder.Write(_folder.Combine("encoder"));
        foreach (var id in new[] { "tiny", "encoder" })
        {
            var import = await HostProcess.RunAsync(["models", "import", _folder.Combine(id), "--id", id, "--endpoint", _folder.Combine("none.sock"), "--home", _folder.Combine("home")], TimeSpan.FromMinutes(5));
            Assert.True(import.ExitCode == 0, $"{import.Output}\n{import.Error}");
        }

        (_host, _address, _key) = await Gateways.StartAsync(_folder);
    }

    public async Task DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Completion_WholeAndStreamed_IsTheSameText()
    {
        var chat = Chat("tiny");
        ChatMessage[] messages = [ChatMessage.CreateSystemMessage("Be brief."), ChatMessage.CreateUserMessage("Is it so?")];
        var options = new ChatCompletionOptions { MaxOutputTokenCount = 12, Temperature = 0 };

        var whole = (await chat.CompleteChatAsync(messages, options)).Value;
        var pieces = new List<StreamingChatCompletionUpdate>();
        await foreach (var update in chat.CompleteChatStreamingAsync(messages, options)) pieces.Add(update);

        Assert.Equal("tiny", whole.Model);
        Assert.Equal(ChatMessageRole.Assistant, whole.Role);
        Assert.Equal(whole.Usage.TotalTokenCount, whole.Usage.InputTokenCount + whole.Usage.OutputTokenCount);
        Assert.InRange(whole.Usage.OutputTokenCount, 1, 12);
        var text = string.Concat(whole.Content.Select(static part => part.Text));
        Assert.Equal(text, string.Concat(pieces.SelectMany(static piece => piece.ContentUpdate).Select(static part => part.Text)));
        Assert.Equal(whole.FinishReason, pieces.Last(static piece => piece.FinishReason is not null).FinishReason);
        Assert.Equal(whole.Usage.TotalTokenCount, pieces[^1].Usage.TotalTokenCount);
    }

    [Fact]
    public async Task Completion_WithASchema_IsAnsweredInItsForm()
    {
        var format = ChatResponseFormat.CreateJsonSchemaFormat(
            "answer", BinaryData.FromString("""{"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"],"additionalProperties":false}"""));

        var completion = (await Chat("default").CompleteChatAsync([ChatMessage.CreateUserMessage("Is it so?")], new ChatCompletionOptions { ResponseFormat = format, MaxOutputTokenCount = 60 })).Value;

        Assert.IsType<bool>(JsonNode.Parse(completion.Content[0].Text)!["ok"]!.GetValue<bool>());
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
    }

    [Fact]
    public async Task Completion_WithAModelThatIsNotThere_IsNotFound()
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(async () => await Chat("gpt-4o").CompleteChatAsync([ChatMessage.CreateUserMessage("Hello")]));

        Assert.Equal(404, error.Status);
        Assert.Contains("gpt-4o", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ThatItsProgramLeaves_StopsOnTheHost()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        using (var content = new StringContent("""{"model":"tiny","stream":true,"max_tokens":400,"messages":[{"role":"user","content":"Go on"}]}""", Encoding.UTF8, "application/json"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{_address}/chat/completions") { Content = content };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            await using var events = await response.Content.ReadAsStreamAsync();
            Assert.NotEqual(-1, events.ReadByte());
        }

        // The next one is served as if there had been none before.
        var next = (await Chat("tiny").CompleteChatAsync([ChatMessage.CreateUserMessage("Hello")], new ChatCompletionOptions { MaxOutputTokenCount = 4 })).Value;
        Assert.InRange(next.Usage.OutputTokenCount, 1, 4);
    }

    [Fact]
    public async Task Embeddings_OfTexts_AreTheirVectors()
    {
        var client = Client().GetEmbeddingClient("encoder");

        var all = (await client.GenerateEmbeddingsAsync(["dog", "the cat"])).Value;

        Assert.Equal(3 + 4, all.Usage.InputTokenCount);
        Close(TinyEncoder.Mean(2, 10, 3), all[0].ToFloats());
        Close(TinyEncoder.Mean(2, 5, 6, 3), all[1].ToFloats());
        var error = await Assert.ThrowsAsync<ClientResultException>(async () => await client.GenerateEmbeddingAsync("dog", new EmbeddingGenerationOptions { Dimensions = 2 }));
        Assert.Equal(501, error.Status);
    }

    [NpmFact("openai@7.59.0")]
    public async Task TextModels_WithTheOfficialClientForNode_Answer()
    {
        var seen = await NodeClient.RunAsync("gateway-text-client.js", NpmFactAttribute.Folder, _address.ToString(), _key);

        Assert.Equal(seen["whole"]!.GetValue<string>(), seen["streamed"]!.GetValue<string>());
        Assert.Equal(TinyEncoder.Width, seen["dimension"]!.GetValue<int>());
        Assert.Equal(["encoder", "tiny"], seen["models"]!.AsArray().Select(static id => id!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    private static void Close(float[] mean, ReadOnlyMemory<float> vector)
    {
        var length = MathF.Sqrt(mean.Sum(static value => value * value));
        Assert.All(mean.Zip(vector.ToArray()), pair => Assert.Equal(pair.First / length, pair.Second, 1e-5f));
    }

    private ChatClient Chat(string model) => Client().GetChatClient(model);

    private OpenAIClient Client() => new(new ApiKeyCredential(_key), new OpenAIClientOptions { Endpoint = _address });
}
