using EdgeHost.Plugins.Language.Generation.Decoding;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.Plugins.Language.Generation.Sampling;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit.Onnx.Decoders;

namespace EdgeHost.Plugins.Language.Tests.Generation;

/// <summary>The decoder by steps against the same network in plain loops.</summary>
public sealed class DecoderStepTests : IDisposable
{
    private const float Tolerance = 1e-4f;

    private readonly TinyModels _models = new();

    public void Dispose() => _models.Dispose();

    [Theory]
    [InlineData("plain", 1)]
    [InlineData("plain", 5)]
    [InlineData("plain", 100)]
    [InlineData("grouped", 1)]
    [InlineData("grouped", 5)]
    [InlineData("grouped", 100)]
    public async Task Logits_HoweverThePromptIsRead_AreThoseOfTheNetwork(string id, int chunk)
    {
        using var lease = await _models.Provider.LeaseAsync(id, default);
        var model = await GenerationModel.ReadAsync(lease, default);
        var text = Text(model, lease, Prompt(17, 3));

        while (text.Unread > 0) await DecoderStep.RunAsync(model.Graph, [text], Math.Min(chunk, text.Unread), lease, default);

        Close(_models.Reference.Logits(text.Tokens), text.Logits);
        text.Forget();
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("grouped")]
    public async Task Rows_OfUnlikeLengths_JoinedAndLeft_AreAsIfAlone(string id)
    {
        using var lease = await _models.Provider.LeaseAsync(id, default);
        var model = await GenerationModel.ReadAsync(lease, default);
        var texts = new[] { 4, 19, 1, 11 }.Select((length, i) => Text(model, lease, Prompt(length, i))).ToList();
        foreach (var text in texts) await DecoderStep.RunAsync(model.Graph, [text], text.Unread, lease, default);

        // Three join, one comes later, the longest leaves, and one ends alone.
        var members = new[] { new[] { 0, 1, 2 }, [0, 1, 2], [0, 1, 2, 3], [0, 2, 3], [3, 2, 0], [2] };
        foreach (var round in members)
        {
            TextSequence[] joined = [.. round.Select(index => texts[index])];
            foreach (var text in joined) text.Advance();
            await DecoderStep.RunAsync(model.Graph, joined, 1, lease, default);
            foreach (var text in joined) Close(_models.Reference.Logits(text.Tokens), text.Logits);
        }

        foreach (var text in texts) text.Forget();
    }

    private static TextSequence Text(GenerationModel model, IModelLease lease, int[] prompt)
        => new(model, new TextRequest(prompt, 100, new SamplingOptions(), []), lease, CallPriority.Normal, 64, default);

    private static int[] Prompt(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(TinyFolder.Tokens))];
    }

    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.InRange(actual[i] - expected[i], -Tolerance, Tolerance);
    }
}
