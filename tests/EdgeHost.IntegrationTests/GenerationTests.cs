using System.Text;
using System.Text.Json;
using EdgeHost.Capabilities.Language;
using EdgeHost.Client;
using EdgeHost.Client.Extensions.AI;
using EdgeHost.Serialization;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx.Decoders;
using Microsoft.Extensions.AI;

namespace EdgeHost.IntegrationTests;

/// <summary>A decoder that is made here, imported from its folder, and written with through the real host.</summary>
public sealed class GenerationTests : IAsyncLifetime
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);
    private static readonly TinyWeights Weights = new(new TinyShape());

    private readonly TempFolder _folder = new();
    private HostProcess _host = null!;
    private EdgeHostClient _client = null!;

    // Sessions are files at once: a test's host does not end in peace.
    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(_folder.Combine("home"));
        await File.WriteAllTextAsync(_folder.Combine("home", "edgehost.json"), """{"Plugins":{"Settings":{"edgehost.language":{"generation:session_bytes":"0"}}}}""");
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(false, "left")]
    [InlineData(true, "right")]
    public async Task Folder_AfterOneCommand_Writes_AsTheNetworkSays(bool isGrouped, string padding)
    {
        var none = await Assert.ThrowsAsync<EdgeHostException>(() => GenerateAsync(new GenerateRequest { Prompt = "a" }));
        Assert.Equal(ErrorCode.FailedPrecondition, none.Code);
        Assert.Contains("edgehost models import", none.Message, StringComparison.Ordinal);

        var import = await ImportAsync(isGrouped);
        Assert.True(import.ExitCode == 0, import.Error);
        Assert.Contains("tiny@1.0.0 serves text-generation", import.Output, StringComparison.Ordinal);
        Assert.Contains($"cache_padding = {padding}", import.Output, StringComparison.Ordinal);

        string[] prompts = ["Rain falls on", "A", "One more sentence, somewhat longer, so rows are of unlike lengths"];
        var answers = await Task.WhenAll(prompts.Select(prompt => GenerateAsync(new GenerateRequest { Prompt = prompt, MaxTokens = 24 }))).WaitAsync(Timeout);

        Assert.Equal(prompts.Select(static prompt => Expected(prompt, 24)), answers.Select(static answer => answer.Text));
        Assert.All(answers, static answer => Assert.Equal("tiny@1.0.0", answer.Response.Model));
        Assert.Equal(13, (await _client.Language.CountTokensAsync(new CountTokensRequest { Text = "Rain falls on" })).Tokens);
    }

    [Fact]
    public async Task Chat_WithASchema_IsAnsweredInItsForm()
    {
        await ImportAsync(isGrouped: true);
        using var schema = JsonDocument.Parse("""{"type":"object","properties":{"ok":{"type":"boolean"}},"required":["ok"],"additionalProperties":false}""");
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement), Temperature = 1, TopK = 40, Seed = 3, MaxOutputTokens = 60 };

        var response = await _client.AsChatClient().GetResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "Is it so?")], options).WaitAsync(Timeout);

        using var answer = JsonDocument.Parse(response.Text);
        Assert.Contains(answer.RootElement.GetProperty("ok").ValueKind, (JsonValueKind[])[JsonValueKind.True, JsonValueKind.False]);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task Session_AfterARestart_GoesOn_AndALeftStreamStops()
    {
        await ImportAsync(isGrouped: false);
        const string Prompt = "Once upon a time in a land far away";
        var first = await GenerateAsync(new GenerateRequest { Prompt = Prompt, MaxTokens = 20, Session = "story" });
        await StopAsync();
        await StartAsync();

        var next = Prompt + first.Text + " and so";
        var second = await GenerateAsync(new GenerateRequest { Prompt = next, MaxTokens = 12, Session = "story" });

        Assert.Equal(Expected(next, 12), second.Text);
        Assert.InRange(second.Response.CachedTokens, Prompt.Length, second.Response.InputTokens - 1);

        await foreach (var piece in _client.Language.GenerateAsync(new GenerateRequest { Prompt = "Leave", MaxTokens = 400 }))
        {
            Assert.NotEmpty(piece.Text);
            break;
        }

        Assert.Equal(Expected("After", 6), (await GenerateAsync(new GenerateRequest { Prompt = "After", MaxTokens = 6 })).Text);
    }

    private static string Expected(string prompt, int count)
        => TinyFolder.TextOf(new TinyReference(Weights).Continue(TinyFolder.Encode(prompt), count).TakeWhile(static token => token != TinyFolder.End));

    private async Task<(string Text, GenerateResponse Response)> GenerateAsync(GenerateRequest request)
    {
        GenerateResponse? response = null;
        var text = new StringBuilder();
        var options = new CallOptions { OnStreamResponse = body => response = WireMessageSerializer.Deserialize<GenerateResponse>(body) };
        await foreach (var piece in _client.Language.GenerateAsync(request, options)) text.Append(piece.Text);
        return (text.ToString(), response!);
    }

    private async Task<CommandResult> ImportAsync(bool isGrouped)
    {
        TinyFolder.Write(_folder.Combine("hub"), Weights, isGrouped);
        return await HostProcess.RunAsync(["models", "import", _folder.Combine("hub"), "--id", "tiny", "--endpoint", _host.Endpoint, "--home", _folder.Combine("home")], Timeout);
    }

    private async Task StartAsync()
    {
        _host = HostProcess.Start(_folder.Combine("a.sock"), _folder.Combine("home"));
        _client = await Hosts.ConnectAsync(_host);
    }

    private async Task StopAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
    }
}
