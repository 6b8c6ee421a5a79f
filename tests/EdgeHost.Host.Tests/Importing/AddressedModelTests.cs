using System.Collections.Concurrent;
using System.Net;
using System.Text;
using EdgeHost.Host.Cli;
using EdgeHost.Host.Importing;
using EdgeHost.ModelStore;
using EdgeHost.ModelStore.Addresses;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Tests.Importing;

/// <summary>What is fetched of an address, and what becomes of it.</summary>
public sealed class AddressedModelTests : IDisposable
{
    private const string Classifier = """{"architectures":["ViTForImageClassification"],"id2label":{"0":"red"}}""";
    private static readonly byte[] LeastGraph = [0x08, 0x09, 0x3a, 0x01, 0x00];

    private readonly TempFolder _home = new();
    private readonly Site _site = new();
    private readonly AddressReader _reader;

    public AddressedModelTests()
        => _reader = new AddressReader(Options.Create(new ModelStoreOptions { HomeFolder = _home.Path, HttpRetryDelay = TimeSpan.Zero }), TimeProvider.System, NullLogger.Instance, _site);

    public void Dispose()
    {
        _reader.Dispose();
        _site.Dispose();
        _home.Dispose();
    }

    [Fact]
    public async Task Repository_ComesWithWhatAnImportReads_AndNoMore()
    {
        Hub("c0ffee", ("config.json", Encoding.UTF8.GetBytes(Classifier)), ("preprocessor_config.json", "{}"u8.ToArray()), ("onnx/model.onnx", LeastGraph), ("onnx/model_fp16.onnx", LeastGraph), ("pytorch_model.bin", [1]));

        using var model = await FetchAsync("hf:owner/name");
        var manifest = Assert.Single(await ImportedManifest.MakeAsync("colours", model.Source, new ImportWishes(null, "1.0.0", null, "MIT", null, new Dictionary<string, string>()), CancellationToken.None));

        Assert.Equal("image-classification", manifest.Task);
        Assert.Equal(["hf:owner/name@c0ffee/onnx/model.onnx", "hf:owner/name@c0ffee/config.json"], manifest.Variants[0].Files.Select(static file => file.Sources[0].Text));
        Assert.DoesNotContain(_site.Asked, static path => path.EndsWith("pytorch_model.bin", StringComparison.Ordinal) || path.EndsWith("model_fp16.onnx", StringComparison.Ordinal));
        Assert.True(Directory.Exists(model.Mirror));
        model.Dispose();
        Assert.False(Directory.Exists(model.Mirror));
    }

    [Fact]
    public async Task Topology_ComesWithTheWeightsThatItNames()
    {
        _site.Files["/m/model.json"] = """{"weightsManifest":[{"paths":["a.bin","parts/b.bin"]}]}"""u8.ToArray();
        _site.Files["/m/a.bin"] = [1];
        _site.Files["/m/parts/b.bin"] = [2];

        using var model = await FetchAsync("https://example.org/m/model.json");

        Assert.Equal(ModelFormat.TensorFlowJs, model.Source.Format);
        Assert.Equal(
            ["https://example.org/m/model.json", "https://example.org/m/a.bin", "https://example.org/m/parts/b.bin"],
            model.Source.Files.Select(file => model.Source.OriginOf(file.Path)!.Text));
    }

    [Theory]
    [InlineData("""{"weightsManifest":[{"paths":["../../secret.bin"]}]}""", ErrorCode.InvalidArgument)]
    [InlineData("""{"weightsManifest":[{"paths":["https://elsewhere.org/a.bin"]}]}""", ErrorCode.InvalidArgument)]
    [InlineData("""{"weightsManifest":[{"paths":["gone.bin"]}]}""", ErrorCode.NotFound)]
    public async Task Topology_WhoseWeightsAreElsewhereOrGone_LeavesNothing(string topology, ErrorCode code)
    {
        _site.Files["/m/model.json"] = Encoding.UTF8.GetBytes(topology);

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => FetchAsync("https://example.org/m/model.json"));

        Assert.Equal(code, error.Code);
        Assert.Empty(Directory.GetDirectories(_home.Combine("models", "imports")));
    }

    [Fact]
    public async Task Repository_WithoutAnythingToImport_NamesWhatItHas()
    {
        Hub("1", ("a.onnx", LeastGraph), ("b.tflite", [1]), ("README.md", [1]));

        var error = await Assert.ThrowsAsync<UsageException>(() => FetchAsync("hf:owner/name"));

        Assert.Contains("a.onnx, b.tflite", error.Message, StringComparison.Ordinal);
        using var named = await FetchAsync("hf:owner/name/b.tflite");
        Assert.Equal(ModelFormat.TensorFlowLite, named.Source.Format);
        Assert.Equal("hf:owner/name@1/b.tflite", named.Source.OriginOf(named.Source.Files[0].Path)!.Text);
    }

    [Theory]
    [InlineData("hf:owner", "hf:OWNER/REPO")]
    [InlineData("http://example.org/a.onnx", "use https")]
    public async Task WhatIsNoAddress_SaysHowOneLooks(string text, string words)
        => Assert.Contains(words, (await Assert.ThrowsAsync<UsageException>(() => FetchAsync(text))).Message, StringComparison.Ordinal);

    private Task<AddressedModel> FetchAsync(string address) => AddressedModel.FetchAsync(address, null, _reader, static (_, _) => { }, CancellationToken.None);

    private void Hub(string commit, params (string Path, byte[] Content)[] files)
    {
        _site.Files["/api/models/owner/name/revision/main"] = Encoding.UTF8.GetBytes($$"""{"sha":"{{commit}}","siblings":[{{string.Join(',', files.Select(static file => $$"""{"rfilename":"{{file.Path}}"}"""))}}]}""");
        foreach (var (path, content) in files) _site.Files[$"/owner/name/resolve/{commit}/{path}"] = content;
    }

    /// <summary>Any server: it has these files.</summary>
    private sealed class Site : HttpMessageHandler
    {
        public ConcurrentDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

        public ConcurrentQueue<string> Asked { get; } = new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            Asked.Enqueue(path);
            return Task.FromResult(Files.TryGetValue(path, out var content)
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(content) }
                : new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
