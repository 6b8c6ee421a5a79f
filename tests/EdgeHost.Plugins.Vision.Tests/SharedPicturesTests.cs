using System.Text.Json;
using EdgeHost.Capabilities.Vision;
using EdgeHost.TestKit;
using EdgeHost.TestKit.Onnx;
using Xunit.Abstractions;

namespace EdgeHost.Plugins.Vision.Tests;

/// <summary>The pictures of the shared test data give the text and faces that their expected.json says.</summary>
[Collection(nameof(VisionModels))]
public sealed class SharedPicturesTests(VisionModels models, ITestOutputHelper output) : IDisposable
{
    private const string Pictures = "testdata/vision";

    private readonly VisionPipelines _vision = new();

    public static TheoryData<string> FacePictures => Names("faces");

    public static TheoryData<string> TextPictures => Names("lines");

    public void Dispose() => _vision.Dispose();

    [RealModelsTheory(VisionModels.Plugin, Pictures)]
    [MemberData(nameof(FacePictures))]
    public async Task DetectAsync_SharedPicture_FindsEveryFaceAndNothingElse(string picture)
    {
        using var expected = ReadExpected()!;
        var entry = expected.RootElement.GetProperty(picture);
        var required = Boxes(entry, "faces");
        var allowed = required.Concat(Boxes(entry, "optionalFaces")).ToArray();

        var found = await _vision.Faces.DetectAsync(Read(picture), FaceRange.Auto, null, models.Provider, default);

        foreach (var face in found.Faces) output.WriteLine($"{face.Confidence:F3} {face.TopLeft} {face.BottomRight}");
        Assert.All(required, box => Assert.Contains(found.Faces, face => Accuracy.Overlap(face, box) >= 0.5));
        Assert.All(found.Faces, face => Assert.Contains(allowed, box => Accuracy.Overlap(face, box) >= 0.5));
    }

    [RealModelsTheory(VisionModels.Plugin, Pictures)]
    [MemberData(nameof(TextPictures))]
    public async Task ReadAsync_SharedPicture_StaysBelowTheAllowedErrorRates(string picture)
    {
        using var expected = ReadExpected()!;
        var entry = expected.RootElement.GetProperty(picture);
        var text = string.Join('\n', entry.GetProperty("lines").EnumerateArray().Select(static line => line.GetString()));

        var page = await _vision.Reader.ReadAsync(Read(picture), models.Provider, default);

        var packed = Accuracy.CharacterErrorRate(Accuracy.WithoutSpaces(text), Accuracy.WithoutSpaces(page.Text));
        var spaced = Accuracy.CharacterErrorRate(text, page.Text);
        output.WriteLine($"{packed:P2} without spaces, {spaced:P2} with\n{page.Text}");
        Assert.InRange(packed, 0, entry.GetProperty("maxCerNoSpaces").GetDouble());
        if (entry.TryGetProperty("maxCerWithSpaces", out var limit)) Assert.InRange(spaced, 0, limit.GetDouble());
        Assert.Equal(entry.GetProperty("lines").GetArrayLength(), page.Lines.Count);
    }

    [RealModelsFact(VisionModels.Plugin, Pictures)]
    public async Task ReadAsync_ChinesePoster_ContainsEveryExpectedPhrase()
    {
        using var expected = ReadExpected()!;
        var phrases = expected.RootElement.GetProperty("ocr-chinese-poster.jpg").GetProperty("mustContain").EnumerateArray().Select(static phrase => phrase.GetString()!);

        var page = await _vision.Reader.ReadAsync(Read("ocr-chinese-poster.jpg"), models.Provider, default);

        output.WriteLine(page.Text);
        Assert.All(phrases, phrase => Assert.Contains(phrase, page.Text, StringComparison.Ordinal));
    }

    private static TheoryData<string> Names(string property)
    {
        using var expected = ReadExpected();
        return expected is null
            ? new("none")
            : new(expected.RootElement.EnumerateObject().Where(entry => entry.Value.ValueKind == JsonValueKind.Object && entry.Value.TryGetProperty(property, out _)).Select(static entry => entry.Name));
    }

    private static double[][] Boxes(JsonElement entry, string property)
        => entry.TryGetProperty(property, out var faces) && faces.ValueKind == JsonValueKind.Array
            ? [.. faces.EnumerateArray().Select(static face => face.GetProperty("box").EnumerateArray().Select(static side => side.GetDouble()).ToArray())]
            : [];

    private static JsonDocument? ReadExpected()
        => Repository.FindShared($"{Pictures}/expected.json") is { } path ? JsonDocument.Parse(File.ReadAllBytes(path)) : null;

    private static byte[] Read(string picture) => File.ReadAllBytes(Repository.FindShared($"{Pictures}/{picture}")!);
}
