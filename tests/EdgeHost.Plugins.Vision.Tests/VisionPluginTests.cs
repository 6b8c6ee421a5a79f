using System.Buffers;
using System.Text.Json;
using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Tests.Imaging;
using EdgeHost.PluginSdk;
using EdgeHost.Serialization;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Tests;

/// <summary>The plugin as the host sees it: manifest, registrations, bytes in and bytes out.</summary>
[Collection(nameof(VisionModels))]
public sealed class VisionPluginTests(VisionModels models)
{
    [Fact]
    public void Configure_Capabilities_AreThoseOfTheManifest()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "plugins", "Vision", "plugin.json")));
        var builder = Build();

        Assert.Equal(Strings(manifest, "capabilities").Order(), builder.Capabilities.Select(static added => added.Descriptor.Method).Order());
        Assert.Equal(Strings(manifest, "models").Order(), builder.Capabilities.SelectMany(static added => added.Descriptor.Models).Order());
        Assert.All(builder.Capabilities, static added => Assert.Contains("\"image\"", added.Descriptor.RequestSchema, StringComparison.Ordinal));
        Assert.All(builder.Capabilities, static added => JsonDocument.Parse(added.Descriptor.ExampleRequest).Dispose());
    }

    [Fact]
    public void Models_OfTheManifest_EachHaveADescription()
    {
        var folder = Path.Combine(Repository.Root, "plugins", "Vision");
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "plugin.json")));

        Assert.All(Strings(manifest, "models"), id => Assert.True(File.Exists(Path.Combine(folder, "models", $"{id}.json")), id));
    }

    [Fact]
    public async Task DetectFaces_Photo_AnswersOverTheWire()
    {
        var request = new DetectFacesRequest { Image = Photo("prints.jpg"), MaxResults = 2 };

        var response = await CallAsync<DetectFacesRequest, DetectFacesResponse>(VisionMethods.DetectFaces, request, models.Provider);

        Assert.Equal(2, response.Faces.Count);
        Assert.True(response.Faces[0].Confidence >= response.Faces[1].Confidence);
        Assert.InRange(response.Faces[0].Box.X, 135, 160);
        Assert.InRange(response.Faces[0].Box.Width, 115, 155);
        Assert.Equal(
            ["right_eye", "left_eye", "nose_tip", "mouth_center", "right_ear", "left_ear"], response.Faces[0].Landmarks.Select(static point => point.Name));
        Assert.Equal((960, 540), (response.Width, response.Height));
        Assert.StartsWith("face-back@", Assert.Single(response.Models), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecognizeText_Photo_AnswersOverTheWire()
    {
        var response = await CallAsync<RecognizeTextRequest, RecognizeTextResponse>(
            VisionMethods.RecognizeText, new RecognizeTextRequest { Image = Photo("page.jpg") }, models.Provider);

        Assert.StartsWith("The Harbour Light\nThe lamp was first lit", response.Text, StringComparison.Ordinal);
        Assert.Equal(10, response.Lines.Count);
        Assert.All(response.Lines, static line => Assert.Equal((4, false), (line.Polygon.Count, line.Rotated180)));
        Assert.Equal(3, response.Models.Count);
    }

    [Fact]
    public async Task RecognizeText_OnePixel_AnswersWithNothing()
    {
        var request = new RecognizeTextRequest { Image = TestPictures.Encode(1, 1, SKEncodedImageFormat.Png) };

        var response = await CallAsync<RecognizeTextRequest, RecognizeTextResponse>(VisionMethods.RecognizeText, request, new NoModels());

        Assert.Equal((string.Empty, 0, 1, 1), (response.Text, response.Lines.Count, response.Width, response.Height));
    }

    [Theory]
    [InlineData(VisionMethods.RecognizeText)]
    [InlineData(VisionMethods.DetectFaces)]
    public async Task Call_WithoutModels_PassesTheHostsErrorOn(string method)
    {
        var body = new ArrayBufferWriter<byte>();
        WireMessageSerializer.Serialize(new RecognizeTextRequest { Image = Photo("astronaut.jpg") }, body);

        var e = await Assert.ThrowsAsync<EdgeHostException>(async () => await CallAsync(method, body.WrittenMemory, new NoModels()));

        Assert.Equal(ErrorCode.FailedPrecondition, e.Code);
    }

    [Theory]
    [InlineData(VisionMethods.RecognizeText, "80")]
    [InlineData(VisionMethods.DetectFaces, "80")]
    [InlineData(VisionMethods.DetectFaces, "c1")]
    [InlineData(VisionMethods.DetectFaces, "81a5696d616765c400")]
    [InlineData(VisionMethods.DetectFaces, "81a5696d6167652a")]
    public async Task Call_WithABodyThatIsWrong_IsAnInvalidArgument(string method, string hex)
    {
        var e = await Assert.ThrowsAsync<EdgeHostException>(async () => await CallAsync(method, Convert.FromHexString(hex), new NoModels()));

        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
    }

    private static byte[] Photo(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "Photos", name));

    private static string[] Strings(JsonDocument manifest, string property)
        => [.. manifest.RootElement.GetProperty(property).EnumerateArray().Select(static value => value.GetString()!)];

    private static Builder Build()
    {
        var builder = new Builder();
        new VisionPlugin().Configure(builder);
        return builder;
    }

    private static async Task<TResponse> CallAsync<TRequest, TResponse>(string method, TRequest request, IModelProvider provider)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
    {
        var body = new ArrayBufferWriter<byte>();
        WireMessageSerializer.Serialize(request, body);
        return WireMessageSerializer.Deserialize<TResponse>(await CallAsync(method, body.WrittenMemory, provider));
    }

    private static async Task<ReadOnlyMemory<byte>> CallAsync(string method, ReadOnlyMemory<byte> body, IModelProvider provider)
    {
        var builder = Build();
        await using var services = builder.Services.BuildServiceProvider();
        var handler = builder.Capabilities.Single(added => added.Descriptor.Method == method).Create(services);
        var response = new ArrayBufferWriter<byte>();
        await handler.HandleAsync(new Call(method, body, provider), response, CancellationToken.None);
        return response.WrittenMemory;
    }

    private sealed class Builder : IPluginBuilder
    {
        public List<(CapabilityDescriptor Descriptor, Func<IServiceProvider, ICapabilityHandler> Create)> Capabilities { get; } = [];

        public PluginEnvironment Environment { get; } = new() { PluginId = "edgehost.vision", PluginVersion = "0.1.0", PluginFolder = AppContext.BaseDirectory };

        public IServiceCollection Services { get; } = new ServiceCollection();

        public void AddCapability(CapabilityDescriptor descriptor, Func<IServiceProvider, ICapabilityHandler> create) => Capabilities.Add((descriptor, create));
    }

    private sealed class Call(string method, ReadOnlyMemory<byte> body, IModelProvider models) : CapabilityContext
    {
        public override string Method => method;

        public override AppIdentity App => throw new NotSupportedException("No handler of this plugin asks who calls.");

        public override ReadOnlyMemory<byte> Body => body;

        public override CallPriority Priority => CallPriority.Normal;

        public override DateTimeOffset? Deadline => null;

        public override string? TraceParent => null;

        public override IModelProvider Models => models;

        public override ILogger Logger => NullLogger.Instance;

        public override ValueTask SendItemAsync(ReadOnlyMemory<byte> item, CancellationToken cancellationToken) => throw new InvalidOperationException("Unary.");
    }
}
