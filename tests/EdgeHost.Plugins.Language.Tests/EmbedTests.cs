using System.Runtime.InteropServices;
using EdgeHost.Capabilities.Language;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using EdgeHost.TestKit.Onnx.Encoders;

namespace EdgeHost.Plugins.Language.Tests;

/// <summary><c>language.embed</c> with an encoder made here, whose vector of a token is a row of a table.</summary>
public sealed class EmbedTests : IModelSource, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DirectModelProvider _provider;

    public EmbedTests()
    {
        _provider = new DirectModelProvider(this);
        TinyEncoder.Write(_folder.Path);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Texts_OfUnlikeLengths_HaveTheMeansOfTheirTokens()
    {
        var response = await EmbedAsync(new EmbedTextRequest { Texts = ["The cat sleeps", "dog", "the CAT"], Normalize = false });

        Assert.Equal((TinyEncoder.Width, "encoder@1", 6 + 3 + 4, 0), (response.Dimension, response.Model, response.InputTokens, response.Truncated));
        Close(TinyEncoder.Mean(2, 5, 6, 7, 8, 3), response.Embeddings[0]);
        Close(TinyEncoder.Mean(2, 10, 3), response.Embeddings[1]);
        Close(TinyEncoder.Mean(2, 5, 6, 3), response.Embeddings[2]);
    }

    [Fact]
    public async Task Vectors_AreOfLengthOne_AndLongTextsAreCut()
    {
        var response = await EmbedAsync(new EmbedTextRequest { Texts = ["the cat the cat the cat."] });

        var mean = TinyEncoder.Mean(2, 5, 6, 5, 6, 3);
        var length = MathF.Sqrt(mean.Sum(static value => value * value));
        Close([.. mean.Select(value => value / length)], response.Embeddings[0]);
        Assert.Equal(1, response.Truncated);
    }

    [Fact]
    public async Task Files_SayHowVectorsAreJoined()
    {
        Directory.CreateDirectory(_folder.Combine("1_Pooling"));
        Write("1_Pooling/config.json", """{"pooling_mode_cls_token":true,"pooling_mode_mean_tokens":false}""");
        Write("modules.json", """[{"type":"sentence_transformers.models.Transformer"}]""");

        Close(TinyEncoder.Mean(2), (await EmbedAsync(new EmbedTextRequest { Texts = ["the cat"] })).Embeddings[0]);
    }

    [Fact]
    public async Task WithoutAModel_OrTexts_SaysWhatToDo()
    {
        var empty = await Assert.ThrowsAsync<EdgeHostException>(() => EmbedAsync(new EmbedTextRequest { Texts = [] }));
        Assert.Equal(ErrorCode.InvalidArgument, empty.Code);

        var none = await Assert.ThrowsAsync<EdgeHostException>(() => EmbedAsync(new EmbedTextRequest { Texts = ["a"] }, new NoModels()));
        Assert.Equal(ErrorCode.FailedPrecondition, none.Code);
        Assert.Contains("edgehost models import", none.Message, StringComparison.Ordinal);
    }

    public ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken) => new(new ModelArtifact
    {
        Id = model,
        Version = "1",
        Variant = "fp32",
        GraphPath = _folder.Combine("model.onnx"),
        GraphSha256 = string.Empty,
        Files = Directory.EnumerateFiles(_folder.Path, "*.json", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(_folder.Path, file), static file => file, StringComparer.Ordinal),
        SizeBytes = 1,
    });

    public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken)
        => new(task == "text-embedding" ? [new AvailableModel { Id = "encoder", Version = "1", IsInstalled = true }] : []);

    private async Task<EmbedTextResponse> EmbedAsync(EmbedTextRequest request, IModelProvider? models = null)
    {
        await using var host = await PluginTestHost.StartAsync(new LanguagePlugin(), new PluginTestOptions { Models = models ?? _provider });
        return await host.CallAsync<EmbedTextRequest, EmbedTextResponse>(LanguageMethods.Embed, request);
    }

    private static void Close(float[] expected, ReadOnlyMemory<byte> actual)
    {
        var vector = MemoryMarshal.Cast<byte, float>(actual.Span).ToArray();
        Assert.Equal(expected.Length, vector.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], vector[i], 1e-5f);
    }

    private void Write(string name, string text) => File.WriteAllText(_folder.Combine(name), text);
}
