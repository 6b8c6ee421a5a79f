using System.Buffers;
using System.Text.Json;
using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Tests.Imaging;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Tests;

/// <summary>The plugin as the host sees it: manifest, registrations, bytes in and bytes out.</summary>
[Collection(nameof(VisionModels))]
public sealed class VisionPluginTests(VisionModels models)
{
    [Fact]
    public async Task Configure_Capabilities_AreThoseOfTheManifest()
    {
        using var manifest = ReadManifest();
        await using var host = await StartAsync(new NoModels());

        Assert.Equal(Strings(manifest, "capabilities").Order(), host.Capabilities.Select(static capability => capability.Method).Order());
        Assert.Empty(host.Capabilities.SelectMany(static capability => capability.Models).Except(Strings(manifest, "models")));
        Assert.All(host.Capabilities.Where(static capability => capability.Models.Count > 0), static capability => Assert.Contains("\"image\"", capability.PushSchema ?? capability.RequestSchema, StringComparison.Ordinal));
        Assert.All(host.Capabilities, static capability => JsonDocument.Parse(capability.ExampleRequest).Dispose());
    }

    [Fact]
    public void Models_OfTheManifest_EachHaveADescription()
    {
        var folder = Path.Combine(Repository.Root, "plugins", "Vision");
        using var manifest = ReadManifest();

        Assert.All(Strings(manifest, "models"), id => Assert.True(File.Exists(Path.Combine(folder, "models", $"{id}.json")), id));
    }

    [RealModelsFact(VisionModels.Plugin)]
    public async Task DetectFaces_Photo_AnswersOverTheWire()
    {
        var request = new DetectFacesRequest { Image = Photo("prints.jpg"), MaxResults = 2 };

        await using var host = await StartAsync(models.Provider);

        var response = await host.CallAsync<DetectFacesRequest, DetectFacesResponse>(VisionMethods.DetectFaces, request);

        Assert.Equal(2, response.Faces.Count);
        Assert.True(response.Faces[0].Confidence >= response.Faces[1].Confidence);
        Assert.InRange(response.Faces[0].Box.X, 135, 160);
        Assert.InRange(response.Faces[0].Box.Width, 115, 155);
        Assert.Equal(
            ["right_eye", "left_eye", "nose_tip", "mouth_center", "right_ear", "left_ear"], response.Faces[0].Landmarks.Select(static point => point.Name));
        Assert.Equal((960, 540), (response.Width, response.Height));
        Assert.StartsWith("face-back@", Assert.Single(response.Models), StringComparison.Ordinal);
    }

    [RealModelsFact(VisionModels.Plugin)]
    public async Task RecognizeText_Photo_AnswersOverTheWire()
    {
        await using var host = await StartAsync(models.Provider);

        var response = await host.CallAsync<RecognizeTextRequest, RecognizeTextResponse>(
            VisionMethods.RecognizeText, new RecognizeTextRequest { Image = Photo("page.jpg") });

        Assert.StartsWith("The Harbour Light\nThe lamp was first lit", response.Text, StringComparison.Ordinal);
        Assert.Equal(10, response.Lines.Count);
        Assert.All(response.Lines, static line => Assert.Equal((4, false), (line.Polygon.Count, line.Rotated180)));
        Assert.Equal(3, response.Models.Count);
    }

    [Fact]
    public async Task RecognizeText_OnePixel_AnswersWithNothing()
    {
        var request = new RecognizeTextRequest { Image = TestPictures.Encode(1, 1, SKEncodedImageFormat.Png) };

        await using var host = await StartAsync(new NoModels());

        var response = await host.CallAsync<RecognizeTextRequest, RecognizeTextResponse>(VisionMethods.RecognizeText, request);

        Assert.Equal((string.Empty, 0, 1, 1), (response.Text, response.Lines.Count, response.Width, response.Height));
    }

    [Theory]
    [InlineData(VisionMethods.RecognizeText)]
    [InlineData(VisionMethods.DetectFaces)]
    [InlineData(VisionMethods.DetectObjects)]
    [InlineData(VisionMethods.EstimatePose)]
    [InlineData(VisionMethods.ClassifyImage)]
    [InlineData(VisionMethods.SegmentForeground)]
    [InlineData(VisionMethods.EmbedImage)]
    public async Task Call_WithoutModels_PassesTheHostsErrorOn(string method)
    {
        var body = new ArrayBufferWriter<byte>();
        WireMessageSerializer.Serialize(new RecognizeTextRequest { Image = Photo("astronaut.jpg") }, body);

        await using var host = await StartAsync(new NoModels());

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync(method, body.WrittenMemory));

        Assert.Equal(ErrorCode.FailedPrecondition, e.Code);
    }

    [Theory]
    [InlineData(VisionMethods.RecognizeText, "80")]
    [InlineData(VisionMethods.DetectFaces, "80")]
    [InlineData(VisionMethods.DetectFaces, "c1")]
    [InlineData(VisionMethods.DetectFaces, "81a5696d616765c400")]
    [InlineData(VisionMethods.DetectFaces, "81a5696d6167652a")]
    [InlineData(VisionMethods.DetectObjects, "81a5696d616765c400")]
    [InlineData(VisionMethods.DetectObjects, "82a5696d616765c40142ab6d61785f726573756c747300")]
    [InlineData(VisionMethods.EstimatePose, "81a5696d616765c400")]
    [InlineData(VisionMethods.ClassifyImage, "82a5696d616765c40142a5746f705f6bff")]
    [InlineData(VisionMethods.SegmentForeground, "81a5696d616765c400")]
    [InlineData(VisionMethods.EmbedImage, "81a5696d616765c400")]
    public async Task Call_WithABodyThatIsWrong_IsAnInvalidArgument(string method, string hex)
    {
        await using var host = await StartAsync(new NoModels());

        var e = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync(method, Convert.FromHexString(hex)));

        Assert.Equal(ErrorCode.InvalidArgument, e.Code);
    }

    private static byte[] Photo(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "samples", "Photos", name));

    private static string[] Strings(JsonDocument manifest, string property)
        => [.. manifest.RootElement.GetProperty(property).EnumerateArray().Select(static value => value.GetString()!)];

    private static async Task<PluginTestHost> StartAsync(IModelProvider provider)
    {
        using var manifest = ReadManifest();
        return await PluginTestHost.StartAsync(
            new VisionPlugin(), new PluginTestOptions { Models = provider, ManifestCapabilities = Strings(manifest, "capabilities") });
    }

    private static JsonDocument ReadManifest()
        => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "plugins", "Vision", "plugin.json")));
}
