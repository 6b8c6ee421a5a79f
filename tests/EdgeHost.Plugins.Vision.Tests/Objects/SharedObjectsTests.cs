using System.Text.Json;
using EdgeHost.Plugins.Vision.Objects;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using Xunit.Abstractions;

namespace EdgeHost.Plugins.Vision.Tests.Objects;

/// <summary>The pictures of the shared test data have the objects that their expected.json says, found by real weights.</summary>
public sealed class SharedObjectsTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const string Pictures = "testdata/vision";
    private const string Yolox = "Vision:yolox-";

    private readonly VisionPipelines _vision = new();
    private RealModels? _models;

    public async Task InitializeAsync() => _models = await RealModels.OpenAsync(Yolox);

    public Task DisposeAsync()
    {
        _models?.Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _vision.Dispose();

    [RealModelsFact(Yolox, Pictures)]
    public async Task DetectAsync_SharedPictures_FindsEveryExpectedObject()
    {
        using var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(Repository.FindShared($"{Pictures}/expected.json")!));
        var missed = new List<string>();
        foreach (var picture in expected.RootElement.EnumerateObject().Where(static picture => picture.Value.ValueKind == JsonValueKind.Object && picture.Value.TryGetProperty("objects", out _)))
        {
            var found = await _vision.Objects.DetectAsync(await ReadAsync(picture.Name), ObjectWish.Default, _models!.Provider, default);
            output.WriteLine($"{picture.Name} by {found.Model}: {string.Join("; ", found.Objects.Select(static thing => $"{thing.Label} {thing.Confidence:F2} {thing.Box}"))}");
            Assert.Equal((picture.Value.GetProperty("width").GetInt32(), picture.Value.GetProperty("height").GetInt32()), ((int)found.Size.X, (int)found.Size.Y));
            missed.AddRange(picture.Value.GetProperty("objects").EnumerateArray().Where(wanted => !IsFound(wanted, found.Objects)).Select(wanted => $"{picture.Name}: {wanted}"));
        }

        Assert.Empty(missed);
    }

    [RealModelsFact(Yolox, Pictures)]
    public async Task DetectAsync_LabelsAndLimits_LeaveOutTheRest()
    {
        var picture = await ReadAsync("porch-dog-bicycle.jpg");

        var dogs = await _vision.Objects.DetectAsync(picture, new ObjectWish { Labels = ["DOG"] }, _models!.Provider, default);
        var one = await _vision.Objects.DetectAsync(picture, new ObjectWish { MaxResults = 1 }, _models.Provider, default);
        var sure = await _vision.Objects.DetectAsync(picture, new ObjectWish { MinConfidence = 0.99f }, _models.Provider, default);
        var unknown = await Assert.ThrowsAsync<EdgeHostException>(
            async () => await _vision.Objects.DetectAsync(picture, new ObjectWish { Labels = ["dog", "unicorn"] }, _models.Provider, default));

        Assert.All(dogs.Objects, static thing => Assert.Equal("dog", thing.Label));
        Assert.NotEmpty(dogs.Objects);
        Assert.Single(one.Objects);
        Assert.Empty(sure.Objects);
        Assert.Equal(ErrorCode.InvalidArgument, unknown.Code);
        Assert.Contains("'unicorn'", unknown.Message, StringComparison.Ordinal);
    }

    [RealModelsTheory(Yolox, Pictures)]
    [InlineData(1, 1)]
    [InlineData(1, 4000)]
    [InlineData(4000, 1)]
    public async Task DetectAsync_Slivers_AreAnsweredWithBoxesInside(int width, int height)
    {
        var file = Imaging.TestPictures.Encode(width, height, SkiaSharp.SKEncodedImageFormat.Png);

        var found = await _vision.Objects.DetectAsync(file, new ObjectWish { MinConfidence = 0.01f }, _models!.Provider, default);

        Assert.Equal((width, height), ((int)found.Size.X, (int)found.Size.Y));
        Assert.All(found.Objects, thing => Assert.True(thing.Box.TopLeft.X >= 0 && thing.Box.TopLeft.Y >= 0 && thing.Box.BottomRight.X <= width && thing.Box.BottomRight.Y <= height));
    }

    private static bool IsFound(JsonElement wanted, IReadOnlyList<FoundObject> found)
    {
        var label = wanted.GetProperty("label");
        var labels = label.ValueKind == JsonValueKind.Array ? label.EnumerateArray().Select(static one => one.GetString()!).ToArray() : [label.GetString()!];
        var box = wanted.GetProperty("box").EnumerateArray().Select(static edge => edge.GetDouble()).ToArray();
        return found.Any(thing => labels.Contains(thing.Label) && Accuracy.Overlap(thing.Box, box) >= 0.5);
    }

    private static Task<byte[]> ReadAsync(string picture) => File.ReadAllBytesAsync(Repository.FindShared($"{Pictures}/{picture}")!);
}
